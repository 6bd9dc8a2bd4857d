import { type BlockHeader, decodeHeader, type Hash, keccak256Hex } from '@crema/protocol'
import { toBlob } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { decodeStored } from '../guard.ts'
import { readRef } from './heads.ts'

/** A header with its hash. */
export type StoredHeader = BlockHeader & { readonly hash: Hash }

/** See {@link ChainReader.headerByNumber}. */
export function headerByNumber(context: StoreContext, number: bigint): StoredHeader | undefined {
  return context.read(() => {
    const ref = readRef(context, number)
    if (ref === undefined) return undefined
    const cached = context.blocks.get(ref.hash)
    return cached === undefined ? headerByHash(context, ref.hash) : { ...cached.header, hash: ref.hash }
  })
}

/** See {@link ChainReader.headerByHash}. */
export function headerByHash(context: StoreContext, hash: Hash): StoredHeader | undefined {
  const row = context
    .statement<{ number: number; header: Buffer }>('SELECT number, header FROM blocks WHERE hash = ?')
    .get(toBlob(hash))
  if (row === undefined) return undefined
  const stored = keccak256Hex(row.header)
  if (stored !== hash.toLowerCase())
    throw new ChainStoreError('STORE_CORRUPT', 'a header was changed', { details: { path: context.db.name, hash } })
  const header = decodeStored('header', { number: row.number }, () => decodeHeader(row.header))
  return { ...header, hash: stored }
}
