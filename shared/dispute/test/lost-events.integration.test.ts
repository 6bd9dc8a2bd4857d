import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { assertionChainAbi, bondVaultAbi, readPostedBonds } from '@crema/l1'
import { bytesToHex } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import { type Anvil, omittingClient, startAnvil, testAddress, testKey } from '@crema/testing'
import { createTxManager, privateKeySigner } from '@crema/tx-manager'
import { encodeEventTopics, type RpcLog } from 'viem'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDisputeAgent, type DisputeAgent, type DisputeAgentEvent, endProof } from '../src/index.ts'
import { noHash } from './model/rules.ts'
import { createToyRollup, knows, rpc, type ToyChild, type ToyRollup } from './model/toy-rollup.ts'
import type { Shape } from './model/traces.ts'

const stake = 10n ** 16n
const shape: Shape = [[3, 20], [5]]
/** More blocks than are read again at each look. */
const DEEP = '0x50'

let anvil: Anvil
let rollup: ToyRollup
let right: ToyChild
let wrong: ToyChild
let agent: DisputeAgent
let events: DisputeAgentEvent[]
let close: () => Promise<void>
let omits: (log: RpcLog) => boolean

beforeEach(async () => {
  anvil = await startAnvil()
  rollup = await createToyRollup(anvil, stake, 3_600n)
  right = await rollup.child(shape)
  wrong = await rollup.child(shape, { b: 0, x: 1, i: 4, salt: 1 })
  omits = () => false
  events = []
  const logger = createLogger({ service: 'agent', level: 'fatal' })
  const intents = openIntentStore(join(mkdtempSync(join(tmpdir(), 'crema-lost-')), 'intents.sqlite'))
  const tx = createTxManager({
    ...{ clients: [anvil.client], signer: privateKeySigner(testKey(1)), store: intents, logger },
    config: { chainId: Number(rollup.config.l1ChainId), confirmations: 2, pollMs: 20, retryMs: 20 },
  })
  close = async () => {
    await tx.close()
    intents.close()
    await anvil.stop()
  }
  agent = createDisputeAgent({
    ...{ l1: omittingClient(anvil.client, (log) => omits(log)), contracts: rollup.contracts },
    ...{ fromBlock: rollup.config.l1StartBlock, tx, intents, clock: systemClock, logger },
    children: { rightChild: knows(rollup, right) },
    traces: { traceOf: async () => right.trace, progress: () => [], forget: () => {} },
    settings: {
      limits: { maxStakeWei: stake, maxAtRiskWei: 2n * stake, minClockSeconds: 10n, minCollectWei: 1n },
      ...{ mode: 'full', pollMs: 10, maxInFlight: 8, giveUpMs: 60_000, spreadMs: 0, releases: true },
    },
    onEvent: (event) => void events.push(event),
  })
})
afterEach(() => close?.())

async function look(times = 1): Promise<void> {
  for (let at = 0; at < times; at++) {
    await agent.look()
    for (let i = 0; i < 300 && agent.status().inFlight.length > 0; i++) {
      await new Promise((done) => setTimeout(done, 30))
      await rpc(anvil.client, 'evm_mine')
    }
  }
}

/** One look at which logs are left out of blocks that no later look reads again by itself. */
async function lookWithout(lost: (log: RpcLog) => boolean): Promise<void> {
  await rpc(anvil.client, 'anvil_mine', DEEP)
  omits = lost
  await look()
  omits = () => false
}

function rival(account: number, { id, end, trace }: ToyChild): Promise<void> {
  const proof = { traceRoot: bytesToHex(trace.root), proof: endProof(trace) }
  const ids = { expectedId: id, parentId: rollup.parentId, end }
  return rollup.send(account, { kind: 'rival', ...ids, ...proof, bondId: noHash, stakeWei: stake })
}

/** Calls that the agent made or found done by others. */
const calls = () => {
  return events.flatMap((event) => (event.kind === 'sent' || event.kind === 'already-done' ? [event.call] : []))
}
const alerts = () => agent.status().alerts.map(({ code, severity }) => [code, severity])
const naming = (id: string) => (log: RpcLog) => log.topics.some((topic) => topic === id)

async function ownBonds(): Promise<number> {
  const { number } = await anvil.client.getBlock()
  return (await readPostedBonds(anvil.client, rollup.contracts, testAddress(1), 0n, number)).length
}

it('finds a wrong first child whose event was left out, says so, and puts the right one beside it', async () => {
  await rollup.propose(5, wrong)
  await lookWithout(naming(wrong.id))
  expect(alerts()).not.toContainEqual(['events-missing', 'critical'])
  await look()
  expect(alerts()).toContainEqual(['events-missing', 'critical'])
  await look()
  // Storage names it: that suffices to know it for a wrong one.
  expect(calls()).toEqual(['rival'])
  // By now all was read again.
  await look()
  expect(alerts()).not.toContainEqual(['events-missing', 'critical'])
  await look(2)
  expect(alerts()).toEqual([])
  expect(await ownBonds()).toBe(1)
})

it('finds a wrong child of a pending assertion whose event was left out', async () => {
  await rollup.propose(5, right)
  await look(2)
  await rollup.proposeBelow(6, right)
  const below = await anvil.client.readContract({
    ...{ address: rollup.contracts.assertionChain, abi: assertionChainAbi, functionName: 'children', args: [right.id] },
  })
  await lookWithout(naming(below.firstChildId))
  await look()
  expect(agent.status().alerts).toContainEqual(
    expect.objectContaining({ about: right.id, code: 'events-missing', details: { assertions: [below.firstChildId] } }),
  )
  await look(3)
  expect(alerts()).not.toContainEqual(['events-missing', 'critical'])
  expect(agent.states().map(({ parentId }) => parentId)).toContain(right.id)
})

it('commits to a right first child whose event was left out while that of its rival was read, and rivals nothing', async () => {
  await rollup.propose(5, right)
  await rival(6, wrong)
  await lookWithout(naming(right.id))
  await look()
  expect(alerts()).toEqual([['events-missing', 'critical']])
  expect(calls()).toEqual([])
  await look(3)
  expect(calls()).toEqual(['commit', 'startDuel'])
  expect(alerts()).toEqual([])
})

it('stands by its assertion with the bond behind it although the event of the bond was left out', async () => {
  await rollup.propose(1, right)
  await rival(6, wrong)
  await lookWithout(naming(encodeEventTopics({ abi: bondVaultAbi, eventName: 'BondPosted' })[0]!))
  expect(agent.status().atRiskWei).toBe(stake)
  await look(2)
  expect(calls()).toEqual(['commit', 'startDuel'])
  expect(agent.status().atRiskWei).toBe(stake)
  expect(await ownBonds()).toBe(1)
})

it('counts the stake behind its own assertion while even the event of that is missing', async () => {
  await rollup.propose(1, right)
  await lookWithout(() => true)
  expect(agent.status().atRiskWei).toBe(stake)
})
