import fc from 'fast-check'
import { encodeAbiParameters, keccak256 as viemKeccak } from 'viem'
import { describe, expect, it } from 'vitest'
import {
  bytesToHex,
  DecodeError,
  type Hex,
  hashWords,
  hexToBytes,
  keccak256Hex,
  tags,
  type Word,
} from '../src/index.ts'

const hexOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(bytesToHex)
const word = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map((value) => ['uint256', value] as const),
  fc.boolean().map((value) => ['bool', value] as const),
  hexOf(20).map((value) => ['address', value] as const),
  hexOf(32).map((value) => ['bytes32', value] as const),
)

describe('hashWords', () => {
  it('is keccak256 of abi.encode', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const types = [{ type: 'bytes32' }, ...words.map(([type]) => ({ type }))]
        const expected = viemKeccak(encodeAbiParameters(types, [tags.bond, ...words.map(([, value]) => value)]))
        expect(hashWords(tags.bond, ...words.map(([, value]) => value as Word))).toBe(expected)
      }),
    )
  })

  it.each([
    ['-1', -1n],
    ['2^256', 2n ** 256n],
    ['19 bytes', `0x${'11'.repeat(19)}`],
    ['33 bytes', `0x${'11'.repeat(33)}`],
    ['no hex', '0xzz'],
    ['odd digits', '0x1'],
  ])('refuses %s', (_, value) => {
    expect(() => hashWords(tags.bond, value as Hex)).toThrow(DecodeError)
  })
})

describe('keccak256', () => {
  it('agrees with viem on any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(keccak256Hex(bytes)).toBe(viemKeccak(bytes))
        expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes)
      }),
    )
  })
})
