import { createNodeView, createOwnTraces, type OwnChildren } from '@crema/dispute'
import {
  assertionChainAbi,
  bondVaultAbi,
  disputeManagerAbi,
  readAssertion,
  readChildren,
  readLatestConfirmed,
} from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { type BlockState, blockStatus, type Hash, keccak256Hex, stateHash } from '@crema/protocol'
import { type ForcedRollup, makeVariedHistory, startForcedRollup, testAccount, variedPrefunded } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DisputePlayer, startDisputePlayer } from '../support/dispute-player.ts'
import { createEvilExecutor } from '../support/evil-executor.ts'
import { type Lie, type Place, parseLie } from '../support/evil-lie.ts'
import { until } from '../support/until.ts'

const [HONEST, LIAR] = [10, 11] as const
const NO_BOND: Hash = `0x${'00'.repeat(32)}`
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

/** The parent of the first assertion, as agents see it, and its id. */
async function genesisOf({ l1, l1Url, config }: ForcedRollup) {
  const contract = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi } as const
  const id = await l1.readContract({ ...contract, functionName: 'genesisId' })
  const wallet = createWalletClient({ account: testAccount(LIAR), transport: http(l1Url) })
  await wallet.writeContract({ ...contract, chain: null, functionName: 'fixTarget', args: [id] })
  await until(
    'the target to be fixed',
    10_000,
    async () => (await readChildren(l1, contract.address, id)).targetFixed || undefined,
  )
  return id
}

/** What `children` takes for the right first child. */
async function childOf({ l1, config, node }: ForcedRollup, children: OwnChildren, parentId: Hash) {
  const { assertionChain } = config.l1Contracts
  const [parent, { targetCount, targetRoot }] = await Promise.all([
    readAssertion(l1, assertionChain, parentId),
    readChildren(l1, assertionChain, parentId),
  ])
  const none = {
    firstChildAt: 1n,
    firstRivalAt: 0n,
    firstChildId: NO_BOND,
    currentEpoch: 0,
    fate: 'confirmed',
  } as const
  const child = await children.rightChild({
    parentId,
    reopenEpoch: 0,
    block: { ...(await l1.getBlock()) },
    parent: {
      ...{ l2BlockNumber: parent.l2BlockNumber, inboxCount: parent.inboxCount, stateHash: parent.stateHash },
      startHash: stateHash({ ...config.genesisState, gasSinceAssertionStart: 0n, status: blockStatus.blockEnd }),
      ...{ targetCount, targetRoot, verifier: config.l1Contracts.stepVerifier, ...none },
    },
  })
  if (!child.isKnown) throw new Error(`${child.why} ${node.status().mode}`)
  return child
}

async function propose(
  { l1Url, l1, config }: ForcedRollup,
  account: number,
  parentId: Hash,
  id: Hash,
  end: BlockState,
) {
  const wallet = createWalletClient({ account: testAccount(account), transport: http(l1Url) })
  const hash = await wallet.writeContract({
    chain: null,
    address: config.l1Contracts.assertionChain,
    abi: assertionChainAbi,
    functionName: 'propose',
    args: [id, parentId, end, NO_BOND],
    value: config.stake,
  })
  const { status } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 50 })
  expect(status).toBe('success')
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
  const parentId = await genesisOf(rollup)
  const right = await childOf(rollup, children, parentId)
  const wrong = await childOf(rollup, evil.children, parentId)
  expect(wrong.id).not.toBe(right.id)
  if (first === 'liar') await propose(rollup, LIAR, parentId, wrong.id, wrong.end)
  else await propose(rollup, HONEST, parentId, right.id, right.end)

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
