import { assertionChainAbi, createL1Client } from '@crema/l1'
import type { BlockState, Hash } from '@crema/protocol'
import { type ForcedRollup, omittingClient, startForcedRollup } from '@crema/testing'
import type { RpcLog } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assert, challengerOf } from './support/challenger.ts'

let rollup: ForcedRollup
beforeAll(async () => {
  rollup = await startForcedRollup({ challengePeriod: 600n })
})
afterAll(() => rollup?.close())

it('judges an assertion whose event was left out once, and says that it was', async () => {
  const { config, l1 } = rollup
  const contract = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi } as const
  const genesisId = await l1.readContract({ ...contract, functionName: 'genesisId' })
  let omits: (log: RpcLog) => boolean = () => false
  const challenger = challengerOf(
    rollup,
    omittingClient(createL1Client({ url: rollup.l1Url }), (log) => omits(log)),
  )
  const verdicts = () =>
    Object.fromEntries(challenger.judgements().map(({ assertion, verdict }) => [assertion.id, verdict.verdict]))

  /** Asserts, and has the event left out of blocks that no later look reads again by itself. */
  async function losing(account: number, parentId: Hash, change: Partial<BlockState> = {}): Promise<Hash> {
    await rollup.leaves(2)
    const lost = await assert(rollup, account, parentId, change)
    await rollup.rpc('anvil_mine', '0x50')
    await rollup.settle()
    omits = ({ topics }) => topics.some((topic) => topic === lost)
    await challenger.look()
    omits = () => false
    return lost
  }

  // Below the latest confirmed assertion, then below a pending one.
  const right = await losing(5, genesisId)
  for (let at = 0; at < 3; at++) await challenger.look()
  expect(verdicts()).toEqual({ [right]: 'agree' })
  const wrong = await losing(6, right, { stateRoot: `0x${'ab'.repeat(32)}` })
  expect(verdicts()).toEqual({ [right]: 'agree' })
  expect(challenger.status().missing).toEqual([])
  await challenger.look()
  expect(challenger.status().missing).toEqual([wrong])
  for (let at = 0; at < 3; at++) await challenger.look()
  expect(verdicts()).toEqual({ [right]: 'agree', [wrong]: 'disagree' })
  expect(challenger.status()).toMatchObject({ missing: [], counts: { agree: 1, disagree: 1 } })
})
