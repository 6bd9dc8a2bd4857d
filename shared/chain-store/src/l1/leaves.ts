import { bytesToHex, type Hash } from '@crema/protocol'
import { eq } from 'drizzle-orm'
import { loadPayload, storePayload } from '../chain/payloads.ts'
import type { StoreContext } from '../context.ts'
import { leaves } from '../schema.ts'
import type { PostedLeaf } from '../types.ts'
import { isStorable } from './cursor.ts'

/** See {@link ChainStore.leafCount}. */
export function readLeafCount(context: StoreContext): bigint {
  const row = context.statement<{ last: number | null }>('SELECT max(leaf_index) AS last FROM leaves').get()
  return row === undefined || row.last === null ? 0n : BigInt(row.last) + 1n
}

/** See {@link ChainStore.leaf}. */
export function readLeaf(context: StoreContext, index: bigint): PostedLeaf | undefined {
  if (!isStorable(index)) return undefined
  return context.read(() => {
    const row = context.orm.select().from(leaves).where(eq(leaves.index, index)).get()
    if (row === undefined) return undefined
    const { index: _, leafHash, payloadId, laneHeight, laneTip, inboxRoot, ...rest } = row
    const { l1BlockNumber, l1BlockHash, l1TransactionHash, ...leaf } = rest
    return {
      index,
      leafHash,
      leaf,
      payload: loadPayload(context, payloadId),
      laneHeight,
      laneTip,
      l1BlockNumber,
      l1BlockHash,
      l1TransactionHash,
      ...(inboxRoot === null ? {} : { inboxRoot }),
    }
  })
}

/** See {@link ChainStore.leafHashes}. */
export function readLeafHashes(context: StoreContext, start: bigint, end: bigint): Hash[] {
  if (!isStorable(start) || !isStorable(end)) return []
  return context
    .statement<{ leaf_hash: Buffer }>(
      'SELECT leaf_hash FROM leaves WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index',
    )
    .all(Number(start), Number(end))
    .map((row) => bytesToHex(row.leaf_hash))
}

/** Inserts a leaf. To be called inside a write transaction. */
export function writeLeaf(context: StoreContext, posted: PostedLeaf): void {
  const { leaf, payload, inboxRoot, ...rest } = posted
  const payloadId = Number(storePayload(context, leaf.payloadHash, payload))
  context.orm
    .insert(leaves)
    .values({ ...leaf, ...rest, payloadId, inboxRoot: inboxRoot ?? null })
    .run()
}
