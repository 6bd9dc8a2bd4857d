import { RLP } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  concatBytes,
  DecodeError,
  decodeRlp,
  encodeRlp,
  hexToBytes,
  integerToRlp,
  maxRlpDepth,
  type RlpItem,
  rlpFixed,
  rlpInteger,
  rlpList,
} from '../src/index.ts'

const { item } = fc.letrec<{ item: RlpItem; bytes: Uint8Array; list: RlpItem[] }>((tie) => ({
  item: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('bytes'), tie('list')),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.uint8Array({ minLength: 50, maxLength: 60 }),
    fc.uint8Array({ minLength: 250, maxLength: 260 }),
  ),
  list: fc.array(tie('item'), { maxLength: 5 }),
}))
/** Items as nested arrays of hex, so that views compare by content. */
const plain = (value: RlpItem | unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : (value as unknown[]).map(plain)

describe('rlp', () => {
  it('encodes as @ethereumjs/rlp and decodes to the same item', () => {
    fc.assert(
      fc.property(item, (value) => {
        const bytes = encodeRlp(value)
        expect(Buffer.from(bytes)).toEqual(Buffer.from(RLP.encode(value as never)))
        expect(plain(decodeRlp(bytes))).toEqual(plain(value))
      }),
      { numRuns: 500 },
    )
  })

  it('accepts nothing but the canonical form', () => {
    const mutated = fc.tuple(item.map(encodeRlp), fc.nat(), fc.nat(255), fc.nat(3)).map(([bytes, at, byte, how]) => {
      const position = at % bytes.length
      if (how === 0) return bytes.with(position, byte)
      if (how === 1) return bytes.slice(0, position)
      if (how === 2) return concatBytes(bytes.subarray(0, position), Uint8Array.of(byte), bytes.subarray(position))
      return concatBytes(bytes, Uint8Array.of(byte))
    })
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 40 })), (bytes) => {
        const decoded = outcome(() => decodeRlp(bytes))
        if (decoded === undefined) return
        accepted++
        expect(Buffer.from(encodeRlp(decoded))).toEqual(Buffer.from(bytes))
        expect(plain(RLP.decode(bytes))).toEqual(plain(decoded))
      }),
      { numRuns: 3_000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  it.each([
    ['nothing', '0x', 'RLP_TRUNCATED'],
    ['a string without its bytes', '0x83aabb', 'RLP_TRUNCATED'],
    ['a list without its bytes', '0xc20f', 'RLP_TRUNCATED'],
    ['an item beyond its list', '0xc383aabb', 'RLP_TRUNCATED'],
    ['a length without its bytes', '0xb9ff', 'RLP_TRUNCATED'],
    ['a length of 2^64 - 1', '0xbfffffffffffffffff', 'RLP_TRUNCATED'],
    ['a list length of 2^64 - 1', '0xffffffffffffffffff', 'RLP_TRUNCATED'],
    ['two items', '0x0101', 'RLP_TRAILING_BYTES'],
    ['a prefixed byte below 0x80', '0x817f', 'RLP_NOT_CANONICAL'],
    ['the long form of a short string', `0xb837${'aa'.repeat(55)}`, 'RLP_NOT_CANONICAL'],
    ['the long form of a short list', `0xf801c0`, 'RLP_NOT_CANONICAL'],
    ['a length with a leading zero', `0xb90038${'aa'.repeat(56)}`, 'RLP_NOT_CANONICAL'],
  ])('refuses %s', (_, hex, code) => {
    expect(() => decodeRlp(hexToBytes(hex))).toThrow(expect.objectContaining({ name: 'DecodeError', code }))
  })

  it('bounds the depth of lists', () => {
    const nested = (depth: number): RlpItem => (depth === 0 ? new Uint8Array(0) : [nested(depth - 1)])
    expect(() => decodeRlp(encodeRlp(nested(maxRlpDepth)))).not.toThrow()
    expect(() => decodeRlp(encodeRlp(nested(maxRlpDepth + 1)))).toThrow(
      expect.objectContaining({ code: 'RLP_TOO_DEEP' }),
    )
    const deep = new Uint8Array(100_000).fill(0xc1)
    expect(() => decodeRlp(deep)).toThrow(DecodeError)
  })

  it('reads integers without leading zeros and within their width', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.integer({ min: 1, max: 32 }), (value, width) => {
        const encoded = integerToRlp(value)
        if (value < 1n << BigInt(8 * width)) expect(rlpInteger(encoded, width)).toBe(value)
        else expect(() => rlpInteger(encoded, width)).toThrow(expect.objectContaining({ code: 'INTEGER_RANGE' }))
        if (encoded.length < width) {
          expect(() => rlpInteger(concatBytes(Uint8Array.of(0), encoded), width)).toThrow(
            expect.objectContaining({ code: 'LEADING_ZERO' }),
          )
        }
      }),
    )
  })

  it('tells lists from bytes and counts them', () => {
    expect(() => rlpInteger([], 8)).toThrow(expect.objectContaining({ code: 'RLP_NOT_BYTES' }))
    expect(() => rlpInteger(undefined, 8)).toThrow(expect.objectContaining({ code: 'RLP_NOT_BYTES' }))
    expect(() => rlpFixed(new Uint8Array(19), 20)).toThrow(expect.objectContaining({ code: 'RLP_BYTES_LENGTH' }))
    expect(() => rlpList(new Uint8Array(0))).toThrow(expect.objectContaining({ code: 'RLP_NOT_LIST' }))
    expect(() => rlpList([], 1)).toThrow(expect.objectContaining({ code: 'RLP_LIST_LENGTH' }))
  })
})

/** The decoded item, or undefined for a DecodeError; any other error fails the test. */
function outcome(decode: () => RlpItem): RlpItem | undefined {
  try {
    return decode()
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError)
    return undefined
  }
}
