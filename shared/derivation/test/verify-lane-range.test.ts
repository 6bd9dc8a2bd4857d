import { CremaError } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tipAfter, type UnverifiedRange, verifyLaneRange } from '../src/index.ts'
import { certifiedRange, certify, domain, epoch, lane, setId, start } from './lane.ts'

const options = { lane, setId, from: start, epoch, domain }
const bytes = (...values: number[]) => new Uint8Array(values)

describe('verifyLaneRange', () => {
  it('accepts what a quorum certified and gives the tip after each block', () => {
    const range = certifiedRange([bytes(1), bytes(), bytes(2, 3)])
    const verified = verifyLaneRange(range, options)
    expect(verified.map(({ block }) => block)).toEqual(range.blocks)
    expect(verified.at(-1)!.laneTip).toBe(range.laneProof.laneTip)
    expect(verified[0]!.laneTip).toBe(tipAfter(lane, start.laneTip, range.blocks[0]!))
  })

  it('continues from any block of the lane', () => {
    const range = certifiedRange([bytes(1), bytes(2), bytes(3)])
    const [first, ...rest] = range.blocks
    const from = {
      laneHeight: 1n,
      laneTip: tipAfter(lane, start.laneTip, first!),
      sequencerHeight: first!.sequencerHeight,
    }
    expect(verifyLaneRange({ ...range, blocks: rest }, { ...options, from })).toHaveLength(2)
    const later = { ...from, sequencerHeight: rest[0]!.sequencerHeight }
    expect(() => verifyLaneRange({ ...range, blocks: rest }, { ...options, from: later })).toThrow(
      expect.objectContaining({ code: 'RANGE_ORDER' }),
    )
  })

  const range = certifiedRange([bytes(1), bytes(2), bytes(3)])
  const [a, b, c] = range.blocks as [(typeof range.blocks)[0], (typeof range.blocks)[0], (typeof range.blocks)[0]]
  const header = range.certified.header
  const refusals: readonly [string, UnverifiedRange, string][] = [
    ['no blocks', { ...range, blocks: [] }, 'RANGE_EMPTY'],
    ['a missing first block', { ...range, blocks: [b, c] }, 'RANGE_GAP'],
    ['a missing middle block', { ...range, blocks: [a, c] }, 'RANGE_GAP'],
    ['a missing last block', { ...range, blocks: [a, b] }, 'RANGE_LENGTH'],
    ['blocks out of order', { ...range, blocks: [a, { ...b, sequencerHeight: a.sequencerHeight }, c] }, 'RANGE_ORDER'],
    ['an altered payload', { ...range, blocks: [a, { ...b, payload: bytes(9) }, c] }, 'LANE_TIP_MISMATCH'],
    ['an altered origin', { ...range, blocks: [a, { ...b, originNumber: 9n }, c] }, 'LANE_TIP_MISMATCH'],
    ['an altered timestamp', { ...range, blocks: [{ ...a, timestamp: 1n }, b, c] }, 'LANE_TIP_MISMATCH'],
    [
      'another set',
      {
        ...range,
        certified: {
          ...range.certified,
          header: { ...header, setId: header.parentHash.replace('2', '3') as typeof setId },
        },
      },
      'WRONG_SET',
    ],
    [
      'a header that nobody signed',
      { ...range, certified: { ...range.certified, header: { ...header, timestamp: 5n } } },
      'BAD_SIGNATURE',
    ],
    [
      'too few signatures',
      { ...range, certified: { header, certificate: certify(header, [0, 1]) } },
      'QUORUM_NOT_REACHED',
    ],
    ['another lane tip', { ...range, laneProof: { ...range.laneProof, laneTip: setId } }, 'LANE_NOT_PROVEN'],
    ['a block above the certified height', certifiedBelow(range), 'RANGE_ORDER'],
  ]
  it.each(refusals)('refuses %s', (_, bad, code) => {
    expect(() => verifyLaneRange(bad, options)).toThrow(expect.objectContaining({ code }))
  })

  it('refuses every single flipped bit of a payload and every changed number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('payload', 'timestamp', 'originNumber', 'sequencerHeight', 'laneHeight'),
        (payloads, blockSeed, bitSeed, field) => {
          const good = certifiedRange(payloads)
          const index = blockSeed % payloads.length
          const block = good.blocks[index]!
          const payload = block.payload.slice()
          const bit = bitSeed % (payload.length * 8)
          payload[bit >> 3]! ^= 1 << (bit & 7)
          const changed =
            field === 'payload' ? { ...block, payload } : { ...block, [field]: block[field as 'timestamp'] + 1n }
          const blocks = good.blocks.with(index, changed)
          expect(() => verifyLaneRange({ ...good, blocks }, options)).toThrow(CremaError)
        },
      ),
      { numRuns: 60 },
    )
  })
})

/** The same lane under a header whose height lies below the last block's. */
function certifiedBelow(range: UnverifiedRange): UnverifiedRange {
  const header = { ...range.certified.header, height: 2n }
  return { ...range, certified: { header, certificate: certify(header) } }
}
