import { createL1Client, type L1Client } from '@crema/l1'
import { type ForcedRollup, startForcedRollup, testAddress } from '@crema/testing'
import { createPublicClient, custom } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBondBook } from '../src/bond-book.ts'
import { eventually } from './support/eventually.ts'
import { contractsOf } from './support/l1.ts'
import { startProposer } from './support/proposer.ts'

let rollup: ForcedRollup
beforeAll(async () => {
  rollup = await startForcedRollup({ challengePeriod: 600n })
})
afterAll(() => rollup?.close())

interface Asked {
  readonly from: bigint
  readonly to: bigint
}

/** The rollup's L1 and the ranges of logs of the bond vault that it was asked for. */
function recordedL1(): { l1: L1Client; asked: Asked[] } {
  const behind = createL1Client({ url: rollup.l1Url })
  const asked: Asked[] = []
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    if (method === 'eth_getLogs') {
      const [filter] = params as { address: string; fromBlock: string; toBlock: string }[]
      const range = { from: BigInt(filter!.fromBlock), to: BigInt(filter!.toBlock) }
      if (filter!.address.toLowerCase() === rollup.config.l1Contracts.bondVault.toLowerCase()) asked.push(range)
    }
    return behind.request({ method, params } as never)
  }
  return { l1: createPublicClient({ transport: custom({ request }, { retryCount: 0 }), cacheTime: 0 }), asked }
}

it('looks for its bonds at the start and after its own actions, not at every look', async () => {
  const contracts = contractsOf(rollup)
  await rollup.leaves(1)
  const { l1, asked } = recordedL1()
  const proposer = startProposer(rollup, 2, { bondsPollMs: 600_000 }, { l1 })
  await eventually('the assertion', async () => (await contracts.proposed()).length === 1)
  const after = (await proposer.until('a look', ({ propose }) => propose?.did === 'nothing')).lastLookAt!
  await proposer.until('many looks', ({ lastLookAt }) => lastLookAt! > after + 1_000)
  await proposer.stop()
  // At the start, after fixing the target, after proposing.
  expect(asked.length).toBe(3)
})

it('asks only for what is new, and forgets a bond once its block is not read again', async () => {
  const { config, rpc, l1: plain } = rollup
  const [posted] = await contractsOf(rollup).posted()
  const { l1, asked } = recordedL1()
  const book = createBondBook(l1, config.l1Contracts.bondVault, testAddress(2), config.l1StartBlock)
  await book.refresh()
  book.forget(posted!.args.bondId)
  expect(book.ids()).toEqual([posted!.args.bondId])
  await rpc('anvil_mine', '0x80')
  await book.refresh()
  const head = (await plain.getBlock()).number
  asked.length = 0
  await book.refresh()
  expect(asked).toEqual([{ from: head - 64n, to: head }])
  expect(book.ids()).toEqual([posted!.args.bondId])
  book.forget(posted!.args.bondId)
  await book.refresh()
  expect(book.ids()).toEqual([])
})

it('forgets with a reorganisation what L1 took back', async () => {
  const { config, rpc, l1 } = rollup
  const snapshot = await rpc('evm_snapshot')
  const contracts = contractsOf(rollup)
  await rollup.leaves(1)
  const proposer = startProposer(rollup, 3)
  await eventually('a second bond', async () => (await contracts.posted()).length === 2)
  await proposer.stop()
  const book = createBondBook(l1, config.l1Contracts.bondVault, testAddress(3), config.l1StartBlock)
  await book.refresh()
  expect(book.ids().length).toBe(1)
  await rpc('evm_revert', snapshot)
  await book.refresh()
  expect(book.ids()).toEqual([])
})
