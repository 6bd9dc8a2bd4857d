import { encodePayload, limits, payloadEntries } from '@crema/protocol'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPool, type Waiting } from '../../src/mempool/pool.ts'

const unbounded = { maxCount: 1_000_000, maxBytes: 1_000_000_000 }

const submissions = fc
  .array(
    fc.record({
      sender: fc.constantFrom('a', 'b', 'c', 'd'),
      nonce: fc.bigInt({ min: 0n, max: 6n }),
      size: fc.integer({ min: 1, max: 40 }),
    }),
    { maxLength: 40 },
  )
  .map((list) =>
    list.map(
      ({ sender, nonce, size }, i): Waiting => ({
        hash: `0x${i.toString(16).padStart(64, '0')}`,
        raw: new Uint8Array(size).fill(i),
        sender,
        nonce,
      }),
    ),
  )

describe('what a block takes from the pool', () => {
  it('fits the payload, keeps nonce order by sender, and loses nothing over blocks', () => {
    const bounds = fc.record({ bytes: fc.integer({ min: 44, max: 400 }), entries: fc.integer({ min: 1, max: 10 }) })
    fc.assert(
      fc.property(submissions, bounds, (list, { bytes, entries }) => {
        const pool = createPool(unbounded)
        for (const transaction of list) pool.add(transaction)
        const ordered: Waiting[] = []
        while (pool.count > 0) {
          const picked = pool.pick(bytes, entries)
          expect(picked.length).toBeGreaterThan(0)
          expect(picked.length).toBeLessThanOrEqual(entries)
          const payload = encodePayload(picked.map(({ raw }) => raw))
          expect(payload.length).toBeLessThanOrEqual(bytes)
          expect(payloadEntries(payload).map((entry) => entry.bytes)).toEqual(picked.map(({ raw }) => raw))
          pool.remove(picked)
          ordered.push(...picked)
        }
        expect(pool.bytes).toBe(0)
        expect(new Set(ordered)).toEqual(new Set(list))
        for (const sender of ['a', 'b', 'c', 'd']) {
          const nonces = ordered.filter((transaction) => transaction.sender === sender).map(({ nonce }) => nonce)
          expect(nonces).toEqual([...nonces].sort((left, right) => Number(left - right)))
        }
      }),
    )
  })

  it('gives every sender the places of its arrivals', () => {
    fc.assert(
      fc.property(submissions, (list) => {
        const pool = createPool(unbounded)
        for (const transaction of list) pool.add(transaction)
        expect(pool.pick(limits.maxPayloadSize, limits.maxEntries).map(({ sender }) => sender)).toEqual(
          list.map(({ sender }) => sender),
        )
      }),
    )
  })

  it('refuses what goes beyond its bounds', () => {
    const waiting = (i: number, size: number): Waiting => ({
      hash: `0x${i.toString().padStart(64, '0')}`,
      raw: new Uint8Array(size),
      sender: 's',
      nonce: BigInt(i),
    })
    const pool = createPool({ maxCount: 2, maxBytes: 10 })
    pool.add(waiting(0, 6))
    expect(() => pool.add(waiting(1, 5))).toThrowError(expect.objectContaining({ code: 'POOL_FULL', retryable: true }))
    pool.add(waiting(1, 4))
    expect(() => pool.add(waiting(2, 0))).toThrowError(expect.objectContaining({ code: 'POOL_FULL' }))
  })
})
