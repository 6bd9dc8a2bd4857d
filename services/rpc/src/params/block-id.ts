import type { Hash } from '@crema/protocol'
import { invalidParam } from '../errors.ts'
import { boolean, hash, member, object, type Parser, quantity } from './primitives.ts'

/** Names of blocks (architecture, heads). */
export type BlockTag = 'latest' | 'safe' | 'finalized' | 'earliest' | 'pending'

/** A block as clients name it: tag, number, hash, or an EIP-1898 object. */
export type BlockId =
  | { readonly kind: 'tag'; readonly tag: BlockTag }
  | { readonly kind: 'number'; readonly number: bigint }
  | { readonly kind: 'hash'; readonly hash: Hash; readonly requireCanonical: boolean }

const tags: Readonly<Record<BlockTag, BlockId>> = {
  latest: { kind: 'tag', tag: 'latest' },
  safe: { kind: 'tag', tag: 'safe' },
  finalized: { kind: 'tag', tag: 'finalized' },
  earliest: { kind: 'tag', tag: 'earliest' },
  pending: { kind: 'tag', tag: 'pending' },
}

/** The `latest` tag. */
export const latest = tags.latest

/** A tag or a number, as `eth_getBlockByNumber` and ranges take it. */
export const blockNumber: Parser<Exclude<BlockId, { kind: 'hash' }>> = (value, index) => {
  if (typeof value === 'string' && Object.hasOwn(tags, value))
    return tags[value as BlockTag] as { kind: 'tag'; tag: BlockTag }
  if (value === '') return tags.latest as { kind: 'tag'; tag: BlockTag }
  const number = quantity(value, index)
  if (number >> 63n !== 0n) throw invalidParam(index, 'block number larger than int64')
  return { kind: 'number', number }
}

/** Any {@link BlockId}; a bare 32-byte string is a hash, as in geth. */
export const blockId: Parser<BlockId> = (value, index) => {
  if (typeof value === 'string' && value.length === 66) {
    return { kind: 'hash', hash: hash(value, index), requireCanonical: false }
  }
  if (typeof value !== 'object') return blockNumber(value, index)
  const fields = object(value, index)
  const number = member(fields, 'blockNumber', index, blockNumber)
  const blockHash = member(fields, 'blockHash', index, hash)
  if (number !== undefined && blockHash !== undefined) {
    throw invalidParam(index, 'cannot specify both BlockHash and BlockNumber, choose one or the other')
  }
  if (number !== undefined) return number
  if (blockHash === undefined) throw invalidParam(index, 'neither blockHash nor blockNumber given')
  const requireCanonical = member(fields, 'requireCanonical', index, boolean) ?? false
  return { kind: 'hash', hash: blockHash, requireCanonical }
}
