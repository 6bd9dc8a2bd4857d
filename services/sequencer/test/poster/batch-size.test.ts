import { createManualClock } from '@crema/service-kit'
import { expect, it } from 'vitest'
import { createBatchSize } from '../../src/poster/batch-size.ts'
import { createSettledBatches } from '../../src/poster/settled-batches.ts'

const limits = { maxBytes: 100_000, maxBlocks: 64 }

it('halves batches that L1 refuses until one is posted', () => {
  const size = createBatchSize(limits, createManualClock(0), 1_000)
  size.refused()
  size.refused()
  expect(size.current()).toEqual({ maxBytes: 25_000, maxBlocks: 16 })
  size.posted()
  expect(size.current()).toEqual(limits)
  for (let i = 0; i < 60; i++) size.refused()
  expect(size.current()).toEqual({ maxBytes: 1, maxBlocks: 1 })
})

it('halves batches that are too dear, and takes one halving back after each quiet time', () => {
  const clock = createManualClock(0)
  const size = createBatchSize(limits, clock, 1_000)
  size.tooDear()
  size.tooDear()
  size.posted()
  clock.advance(999)
  expect(size.current()).toEqual({ maxBytes: 25_000, maxBlocks: 16 })
  clock.advance(1)
  expect(size.current()).toEqual({ maxBytes: 50_000, maxBlocks: 32 })
  clock.advance(1_000)
  expect(size.current()).toEqual(limits)
})

it('remembers settled batches only until the Inbox holds them', () => {
  const settled = createSettledBatches()
  for (let last = 1n; last <= 100n; last++) {
    settled.add(`batch to ${last}`, last)
    settled.forget(last - 2n)
    expect(settled.size).toBeLessThanOrEqual(2)
  }
  settled.add('batch to 100', 100n)
  expect(settled.times('batch to 100')).toBe(2)
  settled.forget(100n)
  expect([settled.size, settled.times('batch to 100')]).toEqual([0, 0])
})
