import { createNodeView, createOwnTraces, type OwnChildren, type RightChild } from '@crema/dispute'
import { assertionChainAbi, bondVaultAbi, disputeManagerAbi, readLatestConfirmed } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { type Hash, keccak256Hex } from '@crema/protocol'
import { type ForcedRollup, makeVariedHistory, startForcedRollup, testAccount, variedPrefunded } from '@crema/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DisputePlayer, startDisputePlayer } from '../support/dispute-player.ts'
import { createEvilExecutor } from '../support/evil-executor.ts'
import { type Lie, type Place, parseLie } from '../support/evil-lie.ts'
import { type AssertingSide, firstChildOf, fixTarget, proposeFirst } from '../support/evil-propose.ts'
import { until } from '../support/until.ts'

const [HONEST, LIAR] = [10, 11] as const
const salt = keccak256Hex(Uint8Array.of(1))

/** A rollup with a history of all kinds whose L1 mines by itself. */
async function disputedRollup() {
  const rollup = await startForcedRollup({ prefunded: variedPrefunded, challengePeriod: 600n, gracePeriod: 2n })
  onTestFinished(() => rollup.close())
  await makeVariedHistory(rollup)
  const mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 200)
  onTestFinished(() => clearInterval(mining))
  return { rollup, children: createNodeView({ node: rollup.node, head: 'finalized' }) }
}

/** The first assertion's parent, with its target fixed. */
async function genesisOf(side: AssertingSide): Promise<Hash> {
  const { assertionChain: address } = side.config.l1Contracts
  const id = await side.l1.readContract({ address, abi: assertionChainAbi, functionName: 'genesisId' })
  await fixTarget(side, id)
  return id
}

async function childOf(side: AssertingSide, children: OwnChildren, parentId: Hash): Promise<RightChild> {
  const child = await firstChildOf(side, children, parentId, side.config.genesisState)
  if (!child.isKnown) throw new Error(child.why)
  return child
}

async function play(lie: Lie, first: 'honest' | 'liar') {
  const { rollup, children } = await disputedRollup()
  const { l1, config } = rollup
  const { assertionChain, disputeManager } = config.l1Contracts
  const places: Place[] = []
  const evil = createEvilExecutor({
    ...{ config, children, machineOf: children.machineOf, lie, salt, store: createMemoryTraceStore() },
    onPlace: (_, place) => places.push(place),
  })
  const side = { ...rollup, account: testAccount(first === 'liar' ? LIAR : HONEST) }
  const parentId = await genesisOf(side)
  const right = await childOf(side, children, parentId)
  const wrong = await childOf(side, evil.children, parentId)
  expect(wrong.id).not.toBe(right.id)
  await proposeFirst(side, first === 'liar' ? wrong : right)

  const traces = createOwnTraces({ machineOf: children.machineOf, store: createMemoryTraceStore() })
  const honest = startDisputePlayer({ rollup, account: HONEST, mode: 'full', children, traces })
  const liar = startDisputePlayer({ rollup, account: LIAR, mode: 'full', ...evil })
  onTestFinished(() => honest.stop())
  onTestFinished(() => liar.stop())
  const events = () =>
    l1.getContractEvents({
      address: disputeManager,
      abi: disputeManagerAbi,
      fromBlock: config.l1StartBlock,
      strict: true,
    })
  await until('a side to be eliminated', 120_000, async () =>
    (await events()).find(({ eventName }) => eventName === 'CommitmentEliminated'),
  )
  await rollup.pass(Number(2n * config.challengePeriod + config.gracePeriod))
  await until('the right assertion to be confirmed', 60_000, async () => {
    const latest = await readLatestConfirmed(l1, assertionChain)
    expect(latest).not.toBe(wrong.id)
    return latest === right.id || undefined
  })
  return { rollup, places, moves: await events(), right, wrong, honest }
}

describe('a dispute between a node and a liar', () => {
  it.each(['block:0', 'tx:3', 'step:999999'])(
    'is decided by the step of the lie at %s, whoever asserts first',
    async (text) => {
      const first = text === 'tx:3' ? 'honest' : 'liar'
      const { rollup, places, moves, right, wrong, honest } = await play(parseLie(text), first)
      expect(places).toHaveLength(1)
      const { b, x, i } = places[0]!
      const joined = moves.filter((move) => move.eventName === 'CommitmentJoined')
      expect(joined.map(({ args }) => args.assertionId).sort()).toEqual([right.id, wrong.id].sort())
      expect(moves.filter(({ eventName }) => eventName === 'DuelStarted')).toHaveLength(1)
      expect(moves.filter(({ eventName }) => eventName === 'Revealed')).toHaveLength(11)
      // L1 executed the very step of the lie, and found who was right.
      const steps = moves.filter((move) => move.eventName === 'StepProven')
      expect(steps.map(({ args }) => args.pos)).toEqual([(BigInt(b) << 36n) | (BigInt(x) << 24n) | BigInt(i)])
      const older = joined.find(({ args }) => args.joinIndex === 1)!.args
      expect(steps[0]!.args).toMatchObject({
        olderRight: older.assertionId === right.id,
        newerRight: older.assertionId === wrong.id,
      })
      const eliminated = moves.filter((move) => move.eventName === 'CommitmentEliminated')
      expect(eliminated.map(({ args }) => args.id)).toEqual(
        joined.filter(({ args }) => args.assertionId === wrong.id).map(({ args }) => args.id),
      )
      await settled(rollup, honest)
    },
    300_000,
  )
})

/** The liar's stake is gone; the honest side has its own back, and is paid for its moves. */
async function settled({ l1, config }: ForcedRollup, honest: DisputePlayer): Promise<void> {
  const vault = { address: config.l1Contracts.bondVault, abi: bondVaultAbi } as const
  await until('stakes and credits to be paid', 60_000, async () => {
    const events = await l1.getContractEvents({ ...vault, fromBlock: config.l1StartBlock, strict: true })
    const of = (name: string) => events.filter(({ eventName }) => eventName === name)
    const claimed = of('Claimed').reduce((sum, { args }) => sum + (args as { amount: bigint }).amount, 0n)
    if (of('BondSlashed').length === 0 || claimed <= config.stake) return undefined
    expect(of('BondSlashed')).toHaveLength(1)
    expect(of('BondReleased')).toHaveLength(1)
    return true
  }).catch((error: unknown) => {
    throw new Error(
      `${error}: ${JSON.stringify(honest.agent.status(), (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`,
    )
  })
}
