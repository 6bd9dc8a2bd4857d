import { bytesToBigInt, bytesToHex, type Hex } from '@crema/protocol'
import { customType } from 'drizzle-orm/sqlite-core'
import { ChainStoreError } from './errors.ts'
import type { JsonValue } from './types.ts'

/** Bytes of a hex string as SQLite stores them. */
export function toBlob(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex')
}

/** A plain view of a stored BLOB: `Buffer` differs from `Uint8Array` in `slice` and `toString`. */
export function toBytes(blob: Uint8Array): Uint8Array {
  return new Uint8Array(blob.buffer, blob.byteOffset, blob.byteLength)
}

/** Big-endian bytes without leading zeros, for integers that may exceed SQLite's. Throws `VALUE_RANGE` when negative. */
export function toQuantity(value: bigint): Buffer {
  if (value < 0n) throw new ChainStoreError('VALUE_RANGE', 'negative quantity', { details: { value } })
  if (value === 0n) return Buffer.alloc(0)
  const digits = value.toString(16)
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
}

/** Reverse of {@link toQuantity}. */
export function fromQuantity(blob: Uint8Array): bigint {
  return bytesToBigInt(blob)
}

/** A count or index as a number. Throws `VALUE_RANGE` unless 0 ≤ value < 2^53. */
export function toCount(value: bigint): number {
  if (value < 0n || value > 9_007_199_254_740_991n)
    throw new ChainStoreError('VALUE_RANGE', 'integer does not fit its column', { details: { value } })
  return Number(value)
}

/** `Hex` in a BLOB column. */
export const hex = customType<{ data: Hex; driverData: Buffer }>({
  dataType: () => 'blob',
  toDriver: toBlob,
  fromDriver: bytesToHex,
})

/** `Uint8Array` in a BLOB column. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'blob',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: toBytes,
})

/** Unsigned `bigint` of any size in a BLOB column. */
export const quantity = customType<{ data: bigint; driverData: Buffer }>({
  dataType: () => 'blob',
  toDriver: toQuantity,
  fromDriver: fromQuantity,
})

/** `bigint` below 2^53 in an INTEGER column, so that SQL can compare it. */
export const count = customType<{ data: bigint; driverData: number }>({
  dataType: () => 'integer',
  toDriver: toCount,
  fromDriver: (value) => BigInt(value),
})

/** JSON as a TEXT column holds it. No drizzle type: drizzle would store `null` as NULL. */
export function toJson(value: JsonValue): string {
  return JSON.stringify(value)
}

/** Reverse of {@link toJson}. Throws `SyntaxError`. */
export function fromJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue
}
