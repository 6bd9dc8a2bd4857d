import { bytesToHex } from '@crema/protocol'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SealedBlock } from '../../src/chain/types.ts'
import { bodyMatches, decodeFrameHead, encodeFrame, frameHeadSize } from '../../src/log/frame.ts'
import { decodeRecord, encodeRecord } from '../../src/log/record.ts'

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size }).map(bytesToHex)
const block: fc.Arbitrary<SealedBlock> = fc.record({
  certified: fc.record({
    header: fc.record({
      version: uint64,
      setId: bytes(32),
      epoch: uint64,
      height: uint64,
      timestamp: uint64,
      parentHash: bytes(32),
      proposer: bytes(20),
      originNumber: uint64,
      originHash: bytes(32),
      lanesRoot: bytes(32),
      historyRoot: bytes(32),
    }),
    certificate: fc.record({ bitmap: uint64, signatures: bytes(128) }),
  }),
  lanes: fc.array(
    fc.record({ lane: uint64, laneHeight: uint64, laneTip: bytes(32), payload: fc.uint8Array({ maxLength: 50 }) }),
    { maxLength: 4 },
  ),
})

describe('log records', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(block, fc.nat(), (value, height) => {
        const frame = encodeFrame(height, encodeRecord(value))
        const head = decodeFrameHead(frame)!
        const body = frame.subarray(frameHeadSize)
        expect(head.height).toBe(height)
        expect(bodyMatches(head, body)).toBe(true)
        expect(decodeRecord(body)).toEqual(value)
      }),
    )
  })

  it('are refused with one typed error, whatever the bytes', () => {
    const damaged = fc.tuple(block, fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 4 }), fc.nat(2_000))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (input) => {
        let body = input as Uint8Array
        if (Array.isArray(input)) {
          const [value, changes, cut] = input as unknown as [SealedBlock, [number, number][], number]
          body = encodeRecord(value)
          for (const [at, byte] of changes) if (at < body.length) body[at] = byte
          body = body.subarray(0, Math.max(0, body.length - cut))
        }
        try {
          decodeRecord(body)
        } catch (error) {
          expect(error).toMatchObject({ name: 'SequencerServiceError', code: 'LOG_CORRUPT' })
        }
      }),
    )
  })
})
