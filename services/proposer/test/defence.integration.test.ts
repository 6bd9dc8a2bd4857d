import { join } from 'node:path'
import { createNodeView } from '@crema/dispute'
import { bondVaultAbi, disputeManagerAbi } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { keccak256Hex } from '@crema/protocol'
import { type ForcedRollup, startForcedRollup, testAddress } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DisputePlayer, startDisputePlayer } from '../../../test/e2e/support/dispute-player.ts'
import { createEvilExecutor } from '../../../test/e2e/support/evil-executor.ts'
import { contractsOf } from './support/l1.ts'
import { type RunningProposer, startProposer } from './support/proposer.ts'

const MINUTE = 60_000
const [PROPOSER, LIAR] = [5, 11] as const
const salt = keccak256Hex(Uint8Array.of(9))

let rollup: ForcedRollup
let proposer: RunningProposer
let liar: DisputePlayer
let mining: NodeJS.Timeout
beforeAll(async () => {
  rollup = await startForcedRollup({ challengePeriod: 900n, gracePeriod: 2n })
  await rollup.leaves(2)
  mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 300)
}, 2 * MINUTE)
afterAll(async () => {
  await liar?.stop()
  await proposer?.stop()
  clearInterval(mining)
  await rollup?.close()
})

const start = () =>
  startProposer(rollup, PROPOSER, {}, { defends: true, storePath: join(rollup.dir, 'proposer-intents.sqlite') })

const moves = () =>
  rollup.l1.getContractEvents({
    address: rollup.config.l1Contracts.disputeManager,
    abi: disputeManagerAbi,
    fromBlock: rollup.config.l1StartBlock,
    strict: true,
  })

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 3 * MINUTE; ; ) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`${what} did not come: ${proposer.status().lastError}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

it(
  'commits the trace of its rivalled assertion with the bond that stands behind it, and wins its duel',
  async () => {
    const contracts = contractsOf(rollup)
    proposer = start()
    const own = await until('the assertion', async () => (await contracts.proposed())[0]?.args)
    const children = createNodeView({ node: rollup.node, head: 'finalized' })
    const evil = createEvilExecutor({
      ...{ config: rollup.config, children, machineOf: children.machineOf, salt },
      ...{ store: createMemoryTraceStore(), lie: { at: 'step', index: 300 } },
    })
    liar = startDisputePlayer({ rollup, account: LIAR, mode: 'full', ...evil })
    const joined = await until('both commitments', async () => {
      const found = (await moves()).flatMap((event) => (event.eventName === 'CommitmentJoined' ? [event.args] : []))
      return found.length === 2 ? found : undefined
    })
    const commitment = joined.find(({ assertionId }) => assertionId === own.id)!
    expect(commitment.staker.toLowerCase()).toBe(testAddress(PROPOSER))
    // A restart in the middle of the duel neither stakes nor moves twice.
    await proposer.stop()
    proposer = start()
    const eliminated = await until('the decision', async () =>
      (await moves()).find((event) => event.eventName === 'CommitmentEliminated'),
    )
    expect(eliminated.args).toMatchObject({ id: joined.find(({ assertionId }) => assertionId !== own.id)!.id })
    const owners = (await contracts.posted()).map(({ args }) => args.owner.toLowerCase()).sort()
    expect(owners).toEqual([testAddress(PROPOSER), testAddress(LIAR)].sort())
    expect((await moves()).filter(({ eventName }) => eventName === 'CommitmentJoined')).toHaveLength(2)
  },
  6 * MINUTE,
)

it(
  'settles, is paid for its moves, and goes on proposing on what it settled',
  async () => {
    const contracts = contractsOf(rollup)
    const [{ args: own }] = (await contracts.proposed()) as [Awaited<ReturnType<typeof contracts.proposed>>[0]]
    await rollup.pass(1_802)
    await until('the own assertion to be confirmed', async () =>
      (await contracts.latestConfirmed()) === own.id ? true : undefined,
    )
    const slashed = await until('the slash', async () => {
      const events = await rollup.l1.getContractEvents({
        address: rollup.config.l1Contracts.bondVault,
        abi: bondVaultAbi,
        fromBlock: rollup.config.l1StartBlock,
        strict: true,
      })
      const claimed = events.flatMap((event) => (event.eventName === 'Claimed' ? [event.args] : []))
      const found = events.filter((event) => event.eventName === 'BondSlashed')
      return claimed.some(({ owner }) => owner.toLowerCase() === testAddress(PROPOSER)) ? found : undefined
    })
    expect(slashed).toHaveLength(1)
    await rollup.leaves(1)
    const next = await until('the next assertion', async () => (await contracts.proposed())[1]?.args)
    expect(next.parentId).toBe(own.id)
    // The bond rolled on: no third stake.
    expect(await contracts.posted()).toHaveLength(2)
  },
  6 * MINUTE,
)
