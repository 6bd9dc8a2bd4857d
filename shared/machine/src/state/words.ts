/** 2^256 - 1. */
export const maxWord = (1n << 256n) - 1n

const addressMask = (1n << 160n) - 1n

/** The address in the low 20 bytes of a word. */
export function toAddress(word: bigint): bigint {
  return word & addressMask
}

// Words pass through here: three times faster than by way of hex.
const word = new Uint8Array(32)
const view = new DataView(word.buffer)

/** The big-endian integer in `bytes[start : start + length)`, which must lie within. */
export function readInteger(bytes: Uint8Array, start: number, length: number): bigint {
  if (length === 32) return readWord(bytes, start)
  if (length === 0) return 0n
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('hex')}`)
}

/** The word at `start`, which must lie within. */
export function readWord(bytes: Uint8Array, start: number): bigint {
  for (let i = 0; i < 32; i++) word[i] = bytes[start + i]!
  const high = (view.getBigUint64(0) << 64n) | view.getBigUint64(8)
  const low = view.getBigUint64(24)
  const middle = view.getBigUint64(16)
  if (high === 0n) return middle === 0n ? low : (middle << 64n) | low
  return (((high << 64n) | middle) << 64n) | low
}

/** `value` below 2^256 (or its low 256 bits) as 32 bytes at `offset`. */
export function writeWord(target: Uint8Array, offset: number, value: bigint): void {
  view.setBigUint64(24, value)
  const rest = value >> 64n
  if (rest === 0n) {
    target.fill(0, offset, offset + 24)
    for (let i = 24; i < 32; i++) target[offset + i] = word[i]!
    return
  }
  view.setBigUint64(16, rest)
  view.setBigUint64(8, value >> 128n)
  view.setBigUint64(0, value >> 192n)
  target.set(word, offset)
}

/** `value` below 2^256 as 32 bytes. */
export function wordBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  writeWord(bytes, 0, value)
  return bytes
}

/** The 20 bytes of an address. */
export function addressBytes(address: bigint): Uint8Array {
  return wordBytes(address).subarray(12)
}

/** `length` bytes from `offset` on, zeros beyond the end; a view where nothing is beyond. `offset` may be any size. */
export function padded(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length <= bytes.length) return bytes.subarray(offset, offset + length)
  const result = new Uint8Array(length)
  if (offset < bytes.length) result.set(bytes.subarray(offset, offset + length))
  return result
}
