import { type Hash, limits } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { expect, it } from 'vitest'
import { createClients } from '../support/clients.ts'
import { type Faults, setFaults } from '../support/faults.ts'
import { everythingPosted } from '../support/lane.ts'
import { alarmRaised, nodeStatus, nodeWell } from '../support/node-status.ts'
import { useDevnet } from '../support/scenario.ts'
import { rawBy, submitRaw } from '../support/send-raw.ts'
import { storedChain, storedEvidence, syncFromL1 } from '../support/sync-from-l1.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster', 'rpc'] })
const USER = 5
const YEAR = 365n * 24n * 3600n
const clients = () => createClients(devnet(), USER)

/** Next nonce of the user, whose transfers go to the sequencer itself, and a value that no other has. */
let nonce = 0n
let value = 0n
const order = () => submitRaw(devnet(), rawBy(USER, devnet().config.l2.chainId, { nonce: nonce++, value: ++value }))

/** The certified lane block that holds a transaction. */
async function laneBlockOf(hash: Hash) {
  const lane = devnet().config.l2.chainId
  const client = createHttpSequencerClient({ url: devnet().urls.sequencer })
  const place = await until('it to be ordered', 10_000, async () => {
    const status = await client.status(lane, hash)
    return status.stage === 'ordered' ? status : undefined
  })
  const range = await client.blocks({ lane, fromLaneHeight: place.laneHeight, limit: 1 })
  return range!.blocks[0]!
}

/** Orders one transaction under `faults`; the sequencer is honest again once its block is certified. */
async function orderUnder(faults: Faults) {
  await setFaults(devnet(), faults)
  const hash = await order()
  const block = await laneBlockOf(hash)
  await setFaults(devnet(), {})
  return { hash, block }
}

/** Waits for the L2 block of a transaction, and gives the one before it as well. */
async function executed(hash: Hash, timeout = 30_000) {
  const { l2Public } = clients()
  const receipt = await l2Public.waitForTransactionReceipt({ hash, timeout })
  expect(receipt.status).toBe('success')
  const [parent, block] = await Promise.all([
    l2Public.getBlock({ blockNumber: receipt.blockNumber - 1n }),
    l2Public.getBlock({ blockNumber: receipt.blockNumber }),
  ])
  return { parent, block }
}

async function honestOnTop(): Promise<void> {
  const { block } = await executed(await order())
  const origin = await clients().l1Public.getBlock({ blockHash: block.parentBeaconBlockRoot! })
  expect(origin.number).toBeGreaterThanOrEqual(devnet().config.genesisOrigin.number)
}

it.each(['unknown', 'backwards'] as const)('repeats the origin when a certified one is %s', async (origin) => {
  await honestOnTop()
  const { hash, block } = await orderUnder({ origin })
  const known = await clients()
    .l1Public.getBlock({ blockNumber: block.originNumber })
    .catch(() => undefined)
  expect(known?.hash).not.toBe(block.originHash)
  const pair = await executed(hash)
  expect(pair.block.parentBeaconBlockRoot).toBe(pair.parent.parentBeaconBlockRoot)
  await honestOnTop()
})

it('executes what stands before a broken entry', async () => {
  const { hash, block } = await orderUnder({ payload: 'malformed' })
  expect(block.payload.at(-1)).toBe(0xfe)
  expect((await executed(hash)).block.transactions).toEqual([hash])
  await honestOnTop()
})

it('executes an oversized block as an empty one', async () => {
  const { hash, block } = await orderUnder({ payload: 'oversized' })
  expect(block.payload.length).toBeGreaterThan(limits.maxPayloadSize)
  // Not executed, so the nonce is free again.
  nonce--
  const pair = await executed(await order())
  expect(pair.parent.transactions).toEqual([])
  await expect(clients().l2Public.getTransactionReceipt({ hash })).rejects.toThrow('could not be found')
})

it('lets no timestamp run backwards', async () => {
  const { hash, block } = await orderUnder({ timestamp: 'backwards' })
  const pair = await executed(hash)
  expect(block.timestamp).toBeLessThan(pair.parent.timestamp - YEAR / 2n)
  expect(pair.block.timestamp).toBe(pair.parent.timestamp)
  await honestOnTop()
})

it('bounds a timestamp from the future once L1 has it, and not before', async () => {
  const net = devnet()
  await everythingPosted(net)
  await net.services.poster.stop()
  const before = await clients().l2Public.getBlock()
  const { hash, block } = await orderUnder({ timestamp: 'future' })
  expect(block.timestamp).toBeGreaterThan(before.timestamp + YEAR / 2n)
  // The honest sequencer's clock does not go back: its blocks wait as well.
  const after = await order()
  await laneBlockOf(after)
  await until('the node to hear of both', 10_000, async () =>
    BigInt((await nodeStatus(net)).sequencer.laneHeight ?? 0) >= block.laneHeight ? true : undefined,
  )
  expect(await clients().l2Public.getBlock()).toEqual(before)
  await net.services.poster.start()
  for (const each of [hash, after]) {
    const pair = await executed(each, 60_000)
    const { timestamp } = await clients().l1Public.getBlock()
    expect(pair.block.timestamp).toBeLessThanOrEqual(timestamp + limits.maxTimestampAhead)
  }
  // Headers that name the present bring the lane back to soft blocks.
  const { hash: back } = await orderUnder({ timestamp: 'backwards' })
  await executed(back, 60_000)
  await honestOnTop()
})

it('goes on from L1 when a certified origin is out of reach', async () => {
  const { hash, block } = await orderUnder({ origin: 'future' })
  const head = await clients().l1Public.getBlock()
  expect(block.originNumber).toBeGreaterThan(head.number + 100_000n)
  const pair = await executed(hash, 60_000)
  expect(pair.block.parentBeaconBlockRoot).toBe(pair.parent.parentBeaconBlockRoot)
  const next = await order()
  expect((await executed(next, 60_000)).block.number).toBeGreaterThan(pair.block.number)
})

it('is the same chain for a node that knows L1 alone, and nothing is held against anybody', async () => {
  const net = devnet()
  await everythingPosted(net)
  const { number } = await clients().l2Public.getBlock()
  await until('everything to be final', 60_000, async () =>
    (await clients().l2Public.getBlock({ blockTag: 'finalized' })).number >= number ? true : undefined,
  )
  expect((await nodeWell(net)).mode).toBe('live')
  await net.services.poster.stop()
  await net.services.sequencer.stop()
  await alarmRaised(net, 'sequencer-unreachable')
  expect(await net.services.rpc.stop()).toBe(0)
  expect(await syncFromL1(net, number)).toEqual(storedChain(net, 'rpc'))
  expect(storedEvidence(net, 'rpc')).toEqual([])
})
