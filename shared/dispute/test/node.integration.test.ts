import { join } from 'node:path'
import { openIntentStore, openTraceStore } from '@crema/chain-store'
import {
  assertionChainAbi,
  createDisputeBook,
  type DisputeCall,
  type DisputeState,
  encodeDisputeCall,
  readDisputes,
  readLatestConfirmed,
} from '@crema/l1'
import { buildTrace, createMemoryTraceStore } from '@crema/machine'
import { type Address, bytesToHex, type Hash, type Hex, hexToBytes, stateHash } from '@crema/protocol'
import { createLogger, type LogLevel, systemClock } from '@crema/service-kit'
import { type ForcedRollup, startForcedRollup, testAccount, testKey } from '@crema/testing'
import { createTxManager, privateKeySigner } from '@crema/tx-manager'
import { createWalletClient, encodeFunctionData, http } from 'viem'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  createDisputeAgent,
  createNodeView,
  createOwnTraces,
  type DisputeAgentEvent,
  duelState,
  endProof,
  nextMove,
  type OwnTrace,
  type RightChild,
  sideOf,
} from '../src/index.ts'
import { lyingSource, segmentsOf } from './model/lying-source.ts'
import { noHash } from './model/rules.ts'
import type { Place } from './model/traces.ts'

const stake = 10n ** 16n
const [AGENT, LIAR] = [3, 5] as const

let rollup: ForcedRollup
beforeEach(async () => {
  rollup = await startForcedRollup({ stake, challengePeriod: 900n })
  await rollup.leaves(2)
})
afterEach(() => rollup?.close())

/** Where the lie is, by the steps of each segment of the blocks, and who is older: the honest rival, or the false one, against which the agent proves. */
const cases: readonly (readonly [string, (steps: readonly number[][]) => Place, 'proves' | 'is older'])[] = [
  ['in the middle of the last segment', (s) => ({ b: 1, x: s[1]!.length - 1, i: s[1]!.at(-1)! >> 1 }), 'is older'],
  ['in the middle of the last segment', (s) => ({ b: 1, x: s[1]!.length - 1, i: s[1]!.at(-1)! >> 1 }), 'proves'],
  ['in the very first step', () => ({ b: 0, x: 0, i: 0 }), 'proves'],
  ['in the first step of a segment', (s) => ({ b: 1, x: s[1]!.length - 1, i: 0 }), 'proves'],
  ['where a block ends', (s) => ({ b: 0, x: s[0]!.length - 1, i: s[0]!.at(-1)! - 1 }), 'proves'],
]

async function send(to: Address, data: Hex, value: bigint): Promise<void> {
  const wallet = createWalletClient({ account: testAccount(LIAR), transport: http(rollup.l1Url) })
  const hash = await wallet.sendTransaction({ chain: null, to, data, value, gas: 12_000_000n })
  const { status } = await rollup.l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  if (status !== 'success') throw new Error('L1 refused a call of the liar')
}

it.each(cases)(
  'wins with the real machine and verifier against a lie %s (%#)',
  async (_, placeOf, role) => {
    const { l1, node, config } = rollup
    const contracts = config.l1Contracts
    const logger = createLogger({ service: 'agent', level: (process.env.CREMA_LOG_LEVEL ?? 'fatal') as LogLevel })
    const read = { address: contracts.assertionChain, abi: assertionChainAbi } as const
    const parentId = await l1.readContract({ ...read, functionName: 'genesisId' })
    const chain = encodeFunctionData({ ...read, functionName: 'fixTarget', args: [parentId] })
    await send(contracts.assertionChain, chain, 0n)

    const view = createNodeView({ node, head: 'finalized' })
    const traces = createOwnTraces({
      machineOf: view.machineOf,
      store: openTraceStore(join(rollup.dir, 'traces.sqlite')),
    })
    const intents = openIntentStore(join(rollup.dir, 'intents.sqlite'))
    const tx = createTxManager({
      ...{ clients: [l1], signer: privateKeySigner(testKey(AGENT)), store: intents, logger },
      config: { chainId: Number(config.l1ChainId), confirmations: 2, pollMs: 20, retryMs: 20 },
    })
    const events: DisputeAgentEvent[] = []
    const agent = createDisputeAgent({
      ...{
        l1,
        contracts,
        fromBlock: config.l1StartBlock,
        tx,
        intents,
        children: view,
        traces,
        clock: systemClock,
        logger,
      },
      settings: {
        limits: { maxStakeWei: stake, maxAtRiskWei: stake, minClockSeconds: 10n, minCollectWei: 1n },
        ...{ mode: 'full', pollMs: 10, maxInFlight: 8, giveUpMs: 60_000, spreadMs: 0, releases: true },
      },
      onEvent: (event) => void events.push(event),
    })

    const below = await l1.readContract({ ...read, functionName: 'children', args: [parentId] })
    const right = await rightOf(parentId, below.targetCount, below.targetRoot)
    const machine = (await view.machineOf(right))!
    const place = placeOf([0, 1].map((b) => segmentsOf(machine.source, b)))
    const end = { ...right.end, stateRoot: bytesToHex(new Uint8Array(32).fill(7)) }
    const lie = await buildTrace({
      source: lyingSource(machine.source, place, hexToBytes(stateHash(end))),
      store: createMemoryTraceStore(),
    })
    const lying: OwnTrace = {
      ...lie,
      proveStep: (b, x, i) => ({
        ...machine.prove(b, x, i),
        before: lie.stateBefore(b, x, i),
        after: lie.stateAfter(b, x, i),
      }),
    }
    const wrongId = await l1.readContract({ ...read, functionName: 'assertionIdOf', args: [parentId, end] })
    const first = role === 'proves' ? right : { id: wrongId, end }
    const propose = encodeFunctionData({
      ...read,
      functionName: 'propose',
      args: [first.id, parentId, first.end, noHash],
    })
    await send(contracts.assertionChain, propose, stake)
    const rest = { traceRoot: bytesToHex(lying.root), proof: endProof(lying), bondId: noHash, stakeWei: stake }

    const book = createDisputeBook(l1, { contracts, fromBlock: config.l1StartBlock })
    const look = async (): Promise<DisputeState> => {
      await book.refresh()
      const [state] = await readDisputes(l1, { contracts, book, parentIds: [parentId] })
      return state!
    }
    const tell = (call: DisputeCall) => {
      const { to, data, valueWei } = encodeDisputeCall(contracts, call)
      return send(to, data, valueWei)
    }
    let hasCommitted = role === 'proves'
    if (hasCommitted) await tell({ kind: 'rival', expectedId: wrongId, parentId, end, ...rest })
    for (let looks = 0; (await readLatestConfirmed(l1, contracts.assertionChain)) === parentId; looks++) {
      expect(looks).toBeLessThan(80)
      const state = await look()
      if (!hasCommitted && state.parent.firstRivalAt > 0n) {
        await tell({ kind: 'commit', assertionId: wrongId, ...rest })
        hasCommitted = true
      }
      const duel = state.duels[0]
      const ours = state.commitments.find(({ assertionId }) => assertionId === wrongId)
      const theirs = state.commitments.find(({ assertionId }) => assertionId === right.id)
      if (duel !== undefined && ours !== undefined && theirs !== undefined) {
        const { kind } = duelState({ duel, ours, theirs }, state.block.timestamp)
        const move =
          kind === 'toStart' || kind === 'toReveal' ? nextMove(duel, lying, sideOf({ duel, ours })) : undefined
        if (move?.isMove === true) await tell(move.call)
      }
      await rollup.pass(duel?.depth === 44 || state.aliveAssertions === 1 ? 200 : 5)
      await rollup.settle()
      await agent.look()
      for (let i = 0; i < 300 && agent.status().inFlight.length > 0; i++) {
        await new Promise((done) => setTimeout(done, 30))
        await rollup.rpc('evm_mine')
      }
      if (agent.status().traces.length > 0) await new Promise((done) => setTimeout(done, 300))
    }
    expect(await readLatestConfirmed(l1, contracts.assertionChain)).toBe(right.id)
    expect(events.filter(({ kind }) => kind === 'failed')).toEqual([])
    const sent = events.flatMap((event) => (event.kind === 'sent' ? [event.call] : []))
    expect(sent.filter((kind) => kind === 'reveal')).toHaveLength(role === 'proves' ? 5 : 6)
    expect(sent.filter((kind) => kind === 'prove')).toHaveLength(role === 'proves' ? 1 : 0)
    expect(events.some(({ kind }) => kind === 'trace-built')).toBe(true)
    const loser = (await look()).commitments.find(({ assertionId }) => assertionId === wrongId)
    expect(loser).toMatchObject({ wasEliminated: true })
    await tx.close()
    intents.close()
  },
  240_000,
)

/** What the node says once there is a child. */
async function rightOf(parentId: Hash, targetCount: bigint, inboxRoot: Hash): Promise<RightChild> {
  const { l1, node, config } = rollup
  const read = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi } as const
  const stored = await l1.readContract({ ...read, functionName: 'assertion', args: [parentId] })
  const view = createNodeView({ node, head: 'finalized' })
  const right = await view.rightChild({
    parentId,
    reopenEpoch: 0,
    block: { number: 0n, hash: noHash, timestamp: 0n },
    parent: {
      ...{
        fate: 'confirmed',
        l2BlockNumber: 0n,
        inboxCount: 0n,
        stateHash: stored.stateHash,
        startHash: stored.startHash,
      },
      ...{ targetCount, targetRoot: inboxRoot, currentEpoch: 0, firstChildAt: 1n, firstRivalAt: 0n },
      ...{ firstChildId: noHash, verifier: config.l1Contracts.stepVerifier },
    },
  })
  if (!right.isKnown) throw new Error(right.why)
  return right
}
