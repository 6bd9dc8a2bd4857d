import { bytesToHex } from '@crema/protocol'
import { toBlob } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import type { BlockPosition, StoredLeafRef } from '../types.ts'
import { readBarePosition } from './position.ts'

/** See {@link ChainStore.markPosted}. */
export function markPosted(context: StoreContext, number: bigint, leaf: StoredLeafRef): void {
  context.write(() => {
    const position = readBarePosition(context, number)
    if (position === undefined)
      throw new ChainStoreError('UNKNOWN_BLOCK', 'no such block to mark as posted', { details: { number } })
    requireLeaf(context, leaf, position)
    context.statement('UPDATE blocks SET leaf_hash = ? WHERE number = ?').run(toBlob(leaf.leafHash), Number(number))
  })
}

/** Throws `LEAF_MISMATCH` unless the leaf is the block's and stands in the stored Inbox. */
export function requireLeaf(context: StoreContext, leaf: StoredLeafRef, position: BlockPosition): void {
  const row =
    leaf.index === position.inboxIndex && leaf.index >= 0n
      ? context
          .statement<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM leaves WHERE leaf_index = ?')
          .get(Number(leaf.index))
      : undefined
  const stored = row && bytesToHex(row.leaf_hash)
  if (stored !== leaf.leafHash)
    throw new ChainStoreError('LEAF_MISMATCH', 'the leaf is not the stored one of this block', {
      details: { leaf, inboxIndex: position.inboxIndex, stored },
    })
}
