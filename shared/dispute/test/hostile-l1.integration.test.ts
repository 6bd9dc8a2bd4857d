import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { createDisputeBook, disputeManagerAbi, type L1Client, OLDER, readDisputes } from '@crema/l1'
import { bytesToHex, type Hash, type Hex } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import { type Anvil, startAnvil, testKey } from '@crema/testing'
import { createTxManager, privateKeySigner, type TxManager } from '@crema/tx-manager'
import { encodeEventTopics } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDisputeAgent, type DisputeAgent, type DisputeAgentEvent, endProof, nextMove } from '../src/index.ts'
import { noHash } from './model/rules.ts'
import { createToyRollup, knows, passTime, rpc, type ToyChild, type ToyRollup } from './model/toy-rollup.ts'
import type { Shape } from './model/traces.ts'

const stake = 10n ** 16n
const shape: Shape = [[3, 20], [5]]

let anvil: Anvil
let rollup: ToyRollup
let right: ToyChild
let wrong: ToyChild
let tx: TxManager
let agent: DisputeAgent
const intents = openIntentStore(join(mkdtempSync(join(tmpdir(), 'crema-hostile-')), 'intents.sqlite'))
const events: DisputeAgentEvent[] = []
/** What the endpoint does to its answers. */
const fault = {
  hides: undefined as Hex | undefined,
  is: 'sound' as 'sound' | 'down' | 'other-blocks',
  /** What happens on L1 once the events of a look are read. */
  meanwhile: undefined as (() => Promise<void>) | undefined,
  /** Whether the node cannot tell the right child. */
  isBlind: false,
  /** Parent whose children it does not tell of. */
  keeps: undefined as Hash | undefined,
}

/** An endpoint that leaves events out, does not answer, or tells of other blocks. */
function hostile(client: L1Client): L1Client {
  const getLogs: L1Client['getLogs'] = async (query) => {
    const logs = await client.getLogs(query)
    const { meanwhile } = fault
    fault.meanwhile = undefined
    await meanwhile?.()
    return logs.filter(({ topics }) => topics[0] !== fault.hides) as typeof logs
  }
  const readContract: L1Client['readContract'] = async (query) => {
    if (fault.is === 'down') throw new Error('connection refused')
    if (query.functionName === 'children' && (query.args as unknown[])[0] === fault.keeps) throw new Error('rate limit')
    const answer = await client.readContract(query)
    // Meanwhile L1 changes to another fork.
    if (fault.is === 'other-blocks' && query.functionName === 'stake') await rpc(client, 'anvil_reorg', 2, [])
    return answer
  }
  return { ...client, getLogs, readContract }
}

const topic = (eventName: 'Revealed' | 'CommitmentJoined' | 'DuelStarted'): Hex =>
  encodeEventTopics({ abi: disputeManagerAbi, eventName })[0]!

async function look(): Promise<void> {
  await agent.look()
  for (let i = 0; i < 300 && agent.status().inFlight.length > 0; i++) {
    await new Promise((done) => setTimeout(done, 30))
    await rpc(anvil.client, 'evm_mine')
  }
}

/** The liar's move, by an endpoint that is sound. */
async function lie(): Promise<void> {
  const { contracts, config, parentId } = rollup
  const book = createDisputeBook(anvil.client, { contracts, fromBlock: config.l1StartBlock })
  await book.refresh()
  const [state] = await readDisputes(anvil.client, { contracts, book, parentIds: [parentId] })
  const move = nextMove(state!.duels[0]!, wrong.trace, OLDER)
  if (!move.isMove) throw new Error(move.refusal)
  await rollup.send(5, move.call)
}

const sent = () => events.flatMap((event) => (event.kind === 'sent' ? [event.call] : []))
const codes = () => agent.status().alerts.map(({ code }) => code)

beforeAll(async () => {
  anvil = await startAnvil()
  rollup = await createToyRollup(anvil, stake, 3_600n)
  right = await rollup.child(shape)
  wrong = await rollup.child(shape, { b: 0, x: 1, i: 4, salt: 1 })
  const logger = createLogger({ service: 'agent', level: 'fatal' })
  tx = createTxManager({
    ...{ clients: [anvil.client], signer: privateKeySigner(testKey(1)), store: intents, logger },
    config: { chainId: Number(rollup.config.l1ChainId), confirmations: 2, pollMs: 20, retryMs: 20 },
  })
  agent = startAgent()
})

function startAgent(): DisputeAgent {
  const { contracts, config } = rollup
  const l1 = hostile(anvil.client)
  const logger = createLogger({ service: 'agent', level: 'fatal' })
  return createDisputeAgent({
    ...{ l1, contracts, fromBlock: config.l1StartBlock, tx, intents, clock: systemClock, logger },
    children: {
      rightChild: async (parent) =>
        fault.isBlind ? { isKnown: false, why: 'the node is behind' } : knows(rollup, right)(parent),
    },
    traces: { traceOf: async () => right.trace, progress: () => [], forget: () => {} },
    settings: {
      limits: { maxStakeWei: stake, maxAtRiskWei: stake, minClockSeconds: 10n, minCollectWei: 1n },
      ...{ mode: 'full', pollMs: 10, maxInFlight: 8, giveUpMs: 60_000, spreadMs: 0, releases: true },
    },
    onEvent: (event) => void events.push(event),
  })
}

afterAll(async () => {
  await tx?.close()
  intents.close()
  await anvil?.stop()
})

it('does nothing wrong on answers that are missing or contradict each other, says so, and goes on when they are sound', async () => {
  await rollup.propose(5, right)
  const ids = { expectedId: wrong.id, parentId: rollup.parentId, end: wrong.end }
  const proof = { traceRoot: bytesToHex(wrong.trace.root), proof: endProof(wrong.trace) }
  await rollup.send(5, { kind: 'rival', ...ids, ...proof, bondId: noHash, stakeWei: stake })

  fault.is = 'down'
  await expect(look()).rejects.toMatchObject({ code: 'L1_UNREACHABLE' })
  await rpc(anvil.client, 'anvil_mine', '0x4')
  fault.is = 'other-blocks'
  await expect(look()).rejects.toMatchObject({ retryable: true })
  expect(sent()).toEqual([])

  fault.is = 'sound'
  fault.hides = topic('CommitmentJoined')
  await look()
  await look()
  expect(codes()).toContain('events-missing')
  // Its own commitment needs none of the events that are hidden; without the rival's it cannot play.
  expect(sent()).toEqual(['commit'])
  fault.hides = undefined
  for (let i = 0; i < 4; i++) await look()
  expect(codes()).not.toContain('events-missing')
  expect(sent()).toEqual(['commit', 'startDuel'])
})

it('plays on without an alert when L1 moves while it looks, and tells of events that stay away', async () => {
  const before = events.length
  const alerts = () => events.slice(before).flatMap((event) => (event.kind === 'alert' ? [event.alert.code] : []))
  fault.meanwhile = lie
  await look()
  expect(sent()).toEqual(['commit', 'startDuel'])
  await look()
  expect(sent()).toEqual(['commit', 'startDuel', 'reveal'])
  expect(alerts()).toEqual([])

  fault.hides = topic('Revealed')
  await lie()
  await look()
  expect(codes()).toEqual([])
  await look()
  expect(codes()).toEqual(['no-move'])
  expect(sent()).toEqual(['commit', 'startDuel', 'reveal'])
  fault.hides = undefined
  for (let i = 0; i < 2; i++) await look()
  expect(codes()).toEqual([])
  expect(sent()).toEqual(['commit', 'startDuel', 'reveal', 'reveal'])
})

it('moves on for the last known right commitment while the right child cannot be told, and shows its clock after a restart', async () => {
  fault.isBlind = true
  await lie()
  await look()
  expect(codes()).toEqual(['unknown'])
  expect(sent()).toEqual(['commit', 'startDuel', 'reveal', 'reveal', 'reveal'])

  await lie()
  agent = startAgent()
  await look()
  expect(codes()).toEqual(['unknown'])
  expect(agent.status().leastClockSeconds).toBeGreaterThan(0n)
  expect(sent()).toHaveLength(5)
  const urgency = () => agent.status().alerts.map(({ severity }) => severity)
  expect(urgency()).toEqual(['warning'])
  await passTime(anvil.client, 3_600 / 8)
  await look()
  expect(urgency()).toEqual(['critical'])

  fault.isBlind = false
  for (let i = 0; i < 2; i++) await look()
  expect(codes()).toEqual([])
  expect(sent()).toEqual(['commit', 'startDuel', 'reveal', 'reveal', 'reveal', 'reveal'])
})

it('goes on with the other disputes while one cannot be read', async () => {
  await rollup.proposeBelow(5, right)
  await look()
  expect(agent.states().map(({ parentId }) => parentId)).toEqual([rollup.parentId, right.id])
  expect(agent.status().lastError).toBeUndefined()
  fault.keeps = right.id
  await lie()
  await look()
  expect(sent()).toHaveLength(7)
  expect(agent.states().map(({ parentId }) => parentId)).toEqual([rollup.parentId, right.id])
  expect(agent.status().lastError).toContain('rate limit')
  const failures = events.flatMap((event) => (event.kind === 'look-failed' ? [event.error] : []))
  expect(failures).toMatchObject([{ code: 'L1_UNREACHABLE' }])

  // A clock that was seen to run is shown while nothing better is known.
  fault.keeps = rollup.parentId
  await look()
  expect(agent.status().leastClockSeconds).toBeGreaterThan(0n)
  fault.keeps = undefined
  await lie()
  await look()
  expect(sent()).toHaveLength(8)
  expect(agent.status().lastError).toBeUndefined()
})
