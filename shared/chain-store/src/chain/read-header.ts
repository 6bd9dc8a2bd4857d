import { type BlockHeader, bytesToHex, decodeHeader, type Hash } from '@crema/protocol'
import { toBlob } from '../columns.ts'
import type { StoreContext } from '../context.ts'
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
    .statement<{ number: number; hash: Buffer; header: Buffer }>(
      'SELECT number, hash, header FROM blocks WHERE hash = ?',
    )
    .get(toBlob(hash))
  if (row === undefined) return undefined
  const header = decodeStored('header', { number: row.number }, () => decodeHeader(row.header))
  return { ...header, hash: bytesToHex(row.hash) }
}
