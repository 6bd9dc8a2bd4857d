import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigIntToBytes, bytesEqual, bytesToBigInt, bytesToHex, concatBytes, hexToBytes } from '../src/index.ts'

describe('bytes', () => {
  // Buffer reads the low byte of a character: U+0130 would pass for '0'.
  it.each(['', '0', '0x0', '0xg0', '0X00', ' 0x00', '0x00 ', '0x\u0130\u0130', '0x00\n'])('refuse %j as hex', (hex) => {
    expect(() => hexToBytes(hex)).toThrow(expect.objectContaining({ name: 'DecodeError', code: 'BAD_HEX' }))
  })

  it('round trip through hex of either case and through integers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(8), (bytes, pad) => {
        const hex = bytesToHex(bytes)
        expect(hexToBytes(`0x${hex.slice(2).toUpperCase()}`)).toEqual(bytes)
        const value = bytesToBigInt(bytes)
        expect(bigIntToBytes(value, bytes.length + pad)).toEqual(concatBytes(new Uint8Array(pad), bytes))
        expect(bytesEqual(bytes, hexToBytes(hex))).toBe(true)
        if (bytes.length > 0) expect(bytesEqual(bytes, bytes.with(0, bytes[0]! ^ 1))).toBe(false)
      }),
    )
  })

  it('refuse integers that do not fit', () => {
    for (const [value, length] of [
      [-1n, 4],
      [256n, 1],
      [1n, 0],
      [2n ** 256n, 32],
    ] as const) {
      expect(() => bigIntToBytes(value, length)).toThrow(expect.objectContaining({ code: 'INTEGER_RANGE' }))
    }
  })
})
