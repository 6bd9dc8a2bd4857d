import type { BlockRef } from '@crema/protocol'
import { dropUnusedPayloads } from '../chain/payloads.ts'
import type { StoreContext } from '../context.ts'
import { readCursor, readL1BlockAtOrBelow } from './cursor.ts'
import { readLeafCount } from './leaves.ts'

/** See {@link ChainStore.cutL1Above}. */
export function cutL1Above(context: StoreContext, number: bigint): BlockRef | undefined {
  return context.write(() => {
    const kept = readL1BlockAtOrBelow(context, number)
    // L1 numbers below the first followed block are not stored; -1 cuts everything.
    const last = kept === undefined ? -1 : Number(kept.number)
    const payloads = context
      .statement<{ payload_id: number }>('SELECT DISTINCT payload_id FROM leaves WHERE l1_block_number > ?')
      .all(last)
    context.statement('DELETE FROM l1_blocks WHERE number > ?').run(last)
    for (const table of ['deposits', 'leaves', 'l1_events'])
      context.statement(`DELETE FROM ${table} WHERE l1_block_number > ?`).run(last)
    dropUnusedPayloads(
      context,
      payloads.map((row) => row.payload_id),
    )
    unmarkPosted(context)
    return readCursor(context)
  })
}

/** Blocks whose leaf is gone are soft again. */
function unmarkPosted(context: StoreContext): void {
  context
    .statement(
      `UPDATE blocks SET leaf_hash = NULL
       WHERE number > (SELECT genesis_number FROM chain) + ? AND leaf_hash IS NOT NULL`,
    )
    .run(Number(readLeafCount(context)))
}
