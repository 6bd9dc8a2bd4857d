import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SequencerError } from '../../src/errors.ts'
import { encodeAnnouncement, parseAnnouncement } from '../../src/wire/announcement.ts'
import { encodeError, parseError } from '../../src/wire/error.ts'
import { encodeCertifiedHeader, parseCertifiedHeader } from '../../src/wire/header.ts'
import { encodeInfo, parseInfo } from '../../src/wire/info.ts'
import { encodeLaneProof, parseLaneProof } from '../../src/wire/lane-proof.ts'
import { encodeLaneRange, parseLaneRange } from '../../src/wire/lane-range.ts'
import { encodeStatus, parseStatus } from '../../src/wire/status.ts'
import { certifiedHeader, info, laneProof, laneRange, status } from '../arbitraries.ts'

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** `value` with one place, chosen by `at`, replaced. */
function mutate(value: unknown, at: number, replacement: unknown): unknown {
  let count = 0
  const walk = (node: unknown): unknown => {
    if (count++ === at) return replacement
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]))
  }
  return walk(value)
}

const hostile = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(undefined, null, -1, 1e300, '', '0x', '0xzz', '-1', '1e3', '00', '0x10', '9'.repeat(1_000), [], {}),
  fc.bigInt({ min: 2n ** 64n, max: 2n ** 300n }).map(String),
)

const codecs = [
  ['certified header', certifiedHeader, encodeCertifiedHeader, (value: unknown) => parseCertifiedHeader(value, 'x')],
  ['lane proof', laneProof, encodeLaneProof, (value: unknown) => parseLaneProof(value, 'x')],
  ['info', info, encodeInfo, (value: unknown) => parseInfo(value, 'x')],
  ['status', status, encodeStatus, (value: unknown) => parseStatus(value, 'x')],
  [
    'announcement',
    fc.record({ lane: uint64, laneHeight: uint64 }),
    encodeAnnouncement,
    (value: unknown) => parseAnnouncement(value, 'x'),
  ],
] as const

describe.each(codecs)('the wire form of a %s', (_name, arbitrary, encode, parse) => {
  it('survives JSON', () => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<never>, (value) => {
        expect(parse(wire(encode(value)))).toEqual(value)
      }),
    )
  })

  it('is refused with a typed error, or read, when any place holds anything else', () => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<never>, fc.nat(24), hostile, (value, at, replacement) => {
        try {
          parse(mutate(wire(encode(value)), at, replacement))
        } catch (error) {
          expect(error).toBeInstanceOf(SequencerError)
          expect(error).toMatchObject({ code: 'SEQUENCER_BAD_RESPONSE', retryable: false })
        }
      }),
    )
  })
})

describe('the wire form of a lane range', () => {
  it('survives JSON', () => {
    fc.assert(
      fc.property(laneRange, (range) => {
        const parsed = parseLaneRange(wire(encodeLaneRange(range)), 'x', range.blocks[0]!.laneHeight, 5)
        expect(parsed).toEqual(range)
      }),
    )
  })

  it('is refused when it is not what was asked for', () => {
    fc.assert(
      fc.property(laneRange, fc.nat(60), hostile, (range, at, replacement) => {
        const from = range.blocks[0]!.laneHeight
        try {
          const parsed = parseLaneRange(mutate(wire(encodeLaneRange(range)), at, replacement), 'x', from, 5)
          expect(parsed.blocks.map(({ laneHeight }) => laneHeight)).toEqual(
            parsed.blocks.map((_, i) => from + BigInt(i)),
          )
          expect(parsed.laneProof.laneHeight).toBe(parsed.blocks.at(-1)!.laneHeight)
        } catch (error) {
          expect(error).toMatchObject({ code: 'SEQUENCER_BAD_RESPONSE' })
        }
      }),
    )
    const example = fc.sample(laneRange, 20).find(({ blocks }) => blocks.length > 1)!
    const from = example.blocks[0]!.laneHeight
    const refused = (value: LaneRangeWire, start = from, limit = 5) =>
      expect(() => parseLaneRange(wire(value), 'x', start, limit)).toThrowError(SequencerError)
    type LaneRangeWire = ReturnType<typeof encodeLaneRange>
    const encoded = encodeLaneRange(example)
    refused(encoded, from + 1n)
    refused(encoded, from, 1)
    refused({ ...encoded, blocks: [] })
    refused({ ...encoded, blocks: encoded.blocks.slice(1) })
    refused({ ...encoded, blocks: encoded.blocks.slice(0, -1) })
    refused({ ...encoded, blocks: encoded.blocks.toReversed() })
  })
})

describe('the wire form of a refusal', () => {
  it('survives JSON and is nothing else', () => {
    const error = { code: 'QUOTA_EXCEEDED', message: 'too much', retryable: true }
    expect(parseError(wire(encodeError(error)))).toEqual(error)
    for (const other of [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { error: null },
      { error: { code: 'bad code', message: '' } },
    ]) {
      expect(parseError(other)).toBeUndefined()
    }
  })
})
