/** 2^256 - 1. */
export const maxWord = (1n << 256n) - 1n

const addressMask = (1n << 160n) - 1n

/** The address in the low 20 bytes of a word. */
export function toAddress(word: bigint): bigint {
  return word & addressMask
}

/** The big-endian integer in `bytes[start : start + length)`, which must lie within. */
export function readInteger(bytes: Uint8Array, start: number, length: number): bigint {
  if (length === 0) return 0n
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('hex')}`)
}

/** `value` below 2^256 as 32 bytes at `offset`. */
export function writeWord(target: Uint8Array, offset: number, value: bigint): void {
  for (let i = 3; i >= 0; i--) {
    const part = BigInt.asUintN(64, value)
    const low = Number(part & 0xffffffffn)
    const high = Number(part >> 32n)
    const at = offset + 8 * i
    target[at] = high >>> 24
    target[at + 1] = high >>> 16
    target[at + 2] = high >>> 8
    target[at + 3] = high
    target[at + 4] = low >>> 24
    target[at + 5] = low >>> 16
    target[at + 6] = low >>> 8
    target[at + 7] = low
    value >>= 64n
  }
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
