import { bigIntToBytes, bytesToBigInt } from '@crema/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressBytes, maxWord, padded, readInteger, readWord, wordBytes, writeWord } from '../../src/state/words.ts'

const word = fc.oneof(
  fc.bigInt(0n, maxWord),
  fc.bigInt(0n, 300n),
  fc.nat(255).map((bits) => 1n << BigInt(bits)),
)

it('writes and reads words at any offset and leaves the bytes around them', () => {
  fc.assert(
    fc.property(word, fc.nat(70), (value, offset) => {
      const bytes = new Uint8Array(128).fill(0xee)
      writeWord(bytes, offset, value)
      expect(bytes.slice(offset, offset + 32)).toEqual(bigIntToBytes(value, 32))
      expect(bytes.filter((byte, i) => (i < offset || i >= offset + 32) && byte !== 0xee)).toHaveLength(0)
      expect(readWord(bytes, offset)).toBe(value)
      expect(readInteger(bytes.subarray(3), offset, 20)).toBe(bytesToBigInt(bytes.slice(offset + 3, offset + 23)))
    }),
  )
})

it('takes the low 256 bits of larger integers, and 20 bytes of addresses', () => {
  expect(wordBytes((7n << 256n) | 5n)).toEqual(bigIntToBytes(5n, 32))
  expect(addressBytes(0xabcdn)).toEqual(bigIntToBytes(0xabcdn, 20))
})

it('reads zeros beyond the end of bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(80), fc.nat(80), (bytes, offset, length) => {
      const long = new Uint8Array(200)
      long.set(bytes)
      expect([...padded(bytes, offset, length)]).toEqual([...long.subarray(offset, offset + length)])
    }),
  )
})
