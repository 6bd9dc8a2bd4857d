import { DecodeError } from './errors.ts'
import type { Hex } from './types/hex.ts'

/** Lower-case hex of `bytes`. */
export function bytesToHex(bytes: Uint8Array): Hex {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}

/** Bytes of a hex string with an even number of digits. Throws {@link DecodeError} `BAD_HEX` for anything else. */
export function hexToBytes(hex: string): Uint8Array {
  if (!/^0x(?:[0-9a-fA-F]{2})*$/.test(hex)) {
    throw new DecodeError('BAD_HEX', 'not an even-length 0x hex string', { details: { value: hex.slice(0, 80) } })
  }
  return new Uint8Array(Buffer.from(hex.slice(2), 'hex'))
}

/** All parts in one array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    result.set(part, offset)
    offset += part.length
  }
  return result
}

/** Unsigned big-endian integer of `bytes`; 0 for none. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(bytesToHex(bytes))
}

/** `value` as exactly `length` big-endian bytes. Throws {@link DecodeError} `INTEGER_RANGE` when it does not fit. */
export function bigIntToBytes(value: bigint, length: number): Uint8Array {
  if (value < 0n || value >> BigInt(length * 8) !== 0n) {
    throw new DecodeError('INTEGER_RANGE', `integer does not fit ${length} bytes`, { details: { value, length } })
  }
  return new Uint8Array(Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex'))
}

/** Whether both arrays hold the same bytes. */
export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && Buffer.compare(left, right) === 0
}
