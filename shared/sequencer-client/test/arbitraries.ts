import { bytesToHex, type CertifiedHeader, type Hash, type LaneProof } from '@crema/protocol'
import * as fc from 'fast-check'
import type { LaneRange, SequencerInfo, SubmissionStatus } from '../src/types.ts'

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size }).map(bytesToHex)
const hash: fc.Arbitrary<Hash> = bytes(32)

export const certifiedHeader: fc.Arbitrary<CertifiedHeader> = fc.record({
  header: fc.record({
    version: uint64,
    setId: hash,
    epoch: uint64,
    height: uint64,
    timestamp: uint64,
    parentHash: hash,
    proposer: bytes(20),
    originNumber: uint64,
    originHash: hash,
    lanesRoot: hash,
    historyRoot: hash,
  }),
  certificate: fc.record({
    bitmap: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    signatures: fc.uint8Array({ maxLength: 64 * 5 }).map(bytesToHex),
  }),
})

export const laneProof: fc.Arbitrary<LaneProof> = fc.record({
  laneTip: hash,
  laneHeight: uint64,
  laneCount: uint64,
  index: uint64,
  siblings: fc.array(hash, { maxLength: 10 }),
})

export const laneRange: fc.Arbitrary<LaneRange> = fc
  .record({
    from: fc.bigInt({ min: 0n, max: 2n ** 60n }),
    certified: certifiedHeader,
    laneProof,
    blocks: fc.array(
      fc.record({
        sequencerHeight: uint64,
        timestamp: uint64,
        originNumber: uint64,
        originHash: hash,
        payload: fc.uint8Array({ maxLength: 60 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ from, certified, laneProof: proof, blocks }) => ({
    blocks: blocks.map((block, i) => ({ ...block, laneHeight: from + BigInt(i) })),
    certified,
    laneProof: { ...proof, laneHeight: from + BigInt(blocks.length - 1) },
  }))

export const info: fc.Arbitrary<SequencerInfo> = fc.record({
  kind: fc.constantFrom('dev', 'cometbft', 'espresso'),
  setId: hash,
  epoch: uint64,
  height: uint64,
  healthy: fc.boolean(),
})

export const status: fc.Arbitrary<SubmissionStatus> = fc.oneof(
  fc.record({ stage: fc.constantFrom('unknown' as const, 'pending' as const) }),
  fc.record({ stage: fc.constant('dropped' as const), reason: fc.string({ maxLength: 100 }) }),
  fc.record({
    stage: fc.constant('ordered' as const),
    sequencerHeight: uint64,
    laneHeight: uint64,
    entryIndex: fc.nat(),
  }),
)
