import type { LaneBlock } from '@crema/protocol'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { zeroHash } from '../../src/chain/initial-state.ts'
import { encodeBatch } from '../../src/poster/encode-batch.ts'
import { countFitting } from '../../src/poster/fit.ts'
import { committee, setId } from '../support/committee.ts'

const blocksOf = (sizes: readonly { payload: number; origin: number }[]): LaneBlock[] =>
  sizes.map(({ payload, origin }, i) => ({
    laneHeight: BigInt(i + 1),
    sequencerHeight: BigInt(i + 1),
    timestamp: 1n,
    originNumber: BigInt(origin),
    originHash: zeroHash,
    payload: new Uint8Array(payload),
  }))

const header = {
  version: 1n,
  setId,
  epoch: 0n,
  height: 9n,
  timestamp: 1n,
  parentHash: zeroHash,
  proposer: committee.members[0]!,
  originNumber: 1n,
  originHash: zeroHash,
  lanesRoot: zeroHash,
  historyRoot: zeroHash,
}

it('what fits stays below the bound once encoded, with the origin headers it needs', () => {
  const size = fc.record({ payload: fc.integer({ min: 0, max: 30_000 }), origin: fc.integer({ min: 0, max: 5 }) })
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 12 }),
      (sizes, maxBlocks) => {
        const blocks = blocksOf(sizes)
        const count = countFitting(blocks, { maxBytes: 100_000, maxBlocks })
        expect(count).toBeGreaterThanOrEqual(1)
        expect(count).toBeLessThanOrEqual(maxBlocks)
        const batch = blocks.slice(0, count)
        const origins = batch.filter(({ originNumber }, i) => originNumber !== batch[i - 1]?.originNumber)
        const range = {
          blocks: batch,
          certified: { header, certificate: committee.certify(header) },
          laneProof: { laneTip: zeroHash, laneHeight: BigInt(count), laneCount: 1n, index: 0n, siblings: [] },
        }
        const headers = origins.map(() => `0x${'ab'.repeat(650)}` as const)
        expect(encodeBatch(range, zeroHash, headers).length / 2).toBeLessThanOrEqual(100_000)
      },
    ),
  )
})

it('takes one block whatever its size', () => {
  expect(countFitting(blocksOf([{ payload: 114_688, origin: 1 }]), { maxBytes: 1_000, maxBlocks: 1 })).toBe(1)
})
