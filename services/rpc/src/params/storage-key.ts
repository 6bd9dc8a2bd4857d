import type { Hash } from '@crema/protocol'
import { invalidParam, rpcError } from '../errors.ts'
import type { Parser } from './primitives.ts'

/** A storage slot: up to 32 bytes of hex, short ones padded on the left. */
export const storageKey: Parser<Hash> = (value, index) => {
  if (typeof value !== 'string') throw invalidParam(index, 'storage key is not a string')
  const digits = value.replace(/^0[xX]/, '')
  if (!/^[0-9a-fA-F]*$/.test(digits)) throw rpcError('storageKeyNotHex', JSON.stringify(value.slice(0, 100)))
  if (digits.length > 64) throw rpcError('storageKeyTooLong', JSON.stringify(value.slice(0, 100)))
  return `0x${digits.toLowerCase().padStart(64, '0')}`
}

/** How geth names a slot in a proof: the full word if it was asked for as one, else a quantity. */
export function echoStorageKey(asked: unknown, key: Hash): string {
  return typeof asked === 'string' && asked.length === 66 ? key : `0x${BigInt(key).toString(16)}`
}
