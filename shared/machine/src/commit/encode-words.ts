import { writeWord } from '../state/words.ts'

/** What stands in a word of a section: an unsigned integer, a flag, or 32 bytes. */
export type WordValue = bigint | number | boolean | Uint8Array

/** The values as words, one after another: integers big-endian, flags 0 or 1. Several words may be given as one array of bytes. */
export function encodeWords(values: readonly WordValue[]): Uint8Array {
  let length = 0
  for (const value of values) length += typeof value === 'object' ? value.length : 32
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const value of values) {
    if (typeof value === 'object') {
      bytes.set(value, offset)
      offset += value.length
      continue
    }
    if (typeof value === 'bigint') writeWord(bytes, offset, value)
    else writeNumber(bytes, offset, Number(value))
    offset += 32
  }
  return bytes
}

/** `value` below 2^53 as a word at `offset`, where zeros stand. */
function writeNumber(bytes: Uint8Array, offset: number, value: number): void {
  for (let i = offset + 31; value > 0; i--) {
    bytes[i] = value & 255
    value = Math.floor(value / 256)
  }
}
