import { encodePayload, limits, payloadEntries } from '@crema/protocol'
import { createManualClock } from '@crema/service-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openChain } from '../../src/chain/chain.ts'
import { createHeartbeats } from '../../src/chain/heartbeats.ts'
import { createProduction } from '../../src/chain/produce.ts'
import { clockTimestamps } from '../../src/chain/timestamps.ts'
import type { Committee } from '../../src/committee/committee.ts'
import { createMempool } from '../../src/mempool/mempool.ts'
import { orderAgain } from '../../src/mempool/order-again.ts'
import { createRecentTransactions } from '../../src/mempool/recent.ts'
import { initial } from '../support/chain.ts'
import { committee, laneA, laneB } from '../support/committee.ts'
import { tempDir } from '../support/temp-dir.ts'

async function production(signers: Committee = committee) {
  const clock = createManualClock(5_000_000)
  const chain = await openChain({ dir: tempDir(), initial, committee: signers })
  onTestFinished(chain.close)
  const recent = createRecentTransactions(10_000)
  chain.onSealed(recent.add)
  const mempool = createMempool({
    lanes: [laneA.lane, laneB.lane],
    limits: { maxCount: 10_000, maxBytes: 1e9 },
    admission: (_lane, _raw, hash) => ({ sender: hash, nonce: 0n }),
    quota: { spend: () => {} },
    recent,
    waitMs: orderAgain(30_000, clock),
  })
  const heartbeats = createHeartbeats(2_000, clock)
  const timestamps = clockTimestamps(clock)
  const produce = createProduction({
    chain,
    mempool,
    heartbeats,
    timestamps,
    origins: (previous) => previous,
    encode: encodePayload,
  })
  return { clock, chain, mempool, heartbeats, produce }
}
const raw = (i: number, size = 4) => {
  const bytes = new Uint8Array(size)
  new DataView(bytes.buffer).setUint32(0, i)
  return bytes
}

describe('production', () => {
  it('takes what was ordered once more after a wait that doubles, as it may have been skipped', async () => {
    const { produce, mempool, clock } = await production()
    for (const waitMs of [30_000, 60_000, 120_000]) {
      mempool.add(laneA.lane, raw(1))
      await produce()
      clock.advance(waitMs - 1)
      expect(() => mempool.add(laneA.lane, raw(1))).toThrowError(expect.objectContaining({ code: 'ALREADY_KNOWN' }))
      clock.advance(1)
    }
  })

  it('restores over a restart only what no later block ordered', async () => {
    const { produce, mempool, chain } = await production()
    mempool.add(laneA.lane, raw(1))
    await produce()
    expect(mempool.restore(laneA.lane, raw(1), chain.state.height - 1n)).toBe(false)
    expect(mempool.restore(laneA.lane, raw(1), chain.state.height)).toBe(true)
  })

  it('makes nothing out of nothing', async () => {
    const { produce, chain } = await production()
    expect(await produce()).toBeUndefined()
    expect(chain.state.height).toBe(0n)
  })

  it('gives only the lanes with something a block, all in one header', async () => {
    const { produce, mempool } = await production()
    mempool.add(laneB.lane, raw(1))
    expect((await produce())!.lanes.map(({ lane }) => lane)).toEqual([laneB.lane])
    mempool.add(laneB.lane, raw(2))
    mempool.add(laneA.lane, raw(2))
    const block = (await produce())!
    expect(block.lanes.map(({ lane, laneHeight }) => [lane, laneHeight])).toEqual([
      [laneA.lane, 1n],
      [laneB.lane, 2n],
    ])
  })

  it('caps a lane block by entries and by bytes, and orders the rest next', async () => {
    const { produce, mempool } = await production()
    for (let i = 0; i < limits.maxEntries + 10; i++) mempool.add(laneA.lane, raw(i))
    for (let i = 0; i < 3; i++) mempool.add(laneB.lane, raw(i, 50_000))
    const [first, second] = [(await produce())!, (await produce())!]
    const counts = [first, second].map(({ lanes }) => lanes.map(({ payload }) => payloadEntries(payload).length))
    expect(counts).toEqual([
      [limits.maxEntries, 2],
      [10, 1],
    ])
    for (const { payload } of [...first.lanes, ...second.lanes]) {
      expect(payload.length).toBeLessThanOrEqual(limits.maxPayloadSize)
    }
    expect(await produce()).toBeUndefined()
  })

  it('loses nothing when a block cannot be made', async () => {
    let fails = true
    const { produce, mempool, chain } = await production({
      ...committee,
      certify: (header) => {
        if (fails) throw new Error('no signature')
        return committee.certify(header)
      },
    })
    const hash = mempool.add(laneA.lane, raw(1))
    await expect(produce()).rejects.toThrowError('no signature')
    expect([mempool.isWaiting(laneA.lane, hash), chain.state.height]).toEqual([true, 0n])
    fails = false
    expect(payloadEntries((await produce())!.lanes[0]!.payload)[0]!.bytes).toEqual(raw(1))
    expect(mempool.isWaiting(laneA.lane, hash)).toBe(false)
  })

  it('answers heartbeats with empty blocks, at most one in two seconds a lane', async () => {
    const { produce, heartbeats, clock, mempool } = await production()
    heartbeats.request(laneA.lane)
    expect((await produce())!.lanes).toMatchObject([{ lane: laneA.lane, payload: new Uint8Array() }])
    heartbeats.request(laneA.lane)
    heartbeats.request(laneB.lane)
    expect((await produce())!.lanes).toMatchObject([{ lane: laneB.lane }])
    expect(heartbeats.nextInMs()).toBe(2_000)
    expect(await produce()).toBeUndefined()
    clock.advance(1_999)
    expect(await produce()).toBeUndefined()
    clock.advance(1)
    expect((await produce())!.lanes).toMatchObject([{ lane: laneA.lane }])
    // A block with transactions answers a request too.
    heartbeats.request(laneB.lane)
    mempool.add(laneB.lane, raw(9))
    await produce()
    clock.advance(10_000)
    expect(await produce()).toBeUndefined()
    expect(heartbeats.nextInMs()).toBeUndefined()
  })

  it('never lets time run backwards', async () => {
    const { produce, mempool, clock } = await production()
    mempool.add(laneA.lane, raw(1))
    const first = (await produce())!.certified.header.timestamp
    expect(first).toBe(5_000n)
    clock.advance(-60_000)
    mempool.add(laneA.lane, raw(2))
    expect((await produce())!.certified.header.timestamp).toBe(first)
  })
})
