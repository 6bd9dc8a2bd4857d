import { toCount } from '../columns.ts'
import type { StoreContext } from '../context.ts'

/**
 * Forgets followed L1 blocks that fell out of the kept history while the cursor moved, unless something of the rollup stands in
 * them. To be called inside a write transaction.
 */
export function pruneL1Blocks(context: StoreContext, from: bigint | undefined, to: bigint): void {
  const history = BigInt(context.l1History)
  const end = to - history
  if (end <= 0n) return
  const start = from === undefined || from < history ? 0n : from - history
  context
    .statement(
      `DELETE FROM l1_blocks WHERE number >= ? AND number < ?
         AND NOT EXISTS (SELECT 1 FROM deposits WHERE l1_block_number = l1_blocks.number)
         AND NOT EXISTS (SELECT 1 FROM leaves WHERE l1_block_number = l1_blocks.number)
         AND NOT EXISTS (SELECT 1 FROM l1_events WHERE l1_block_number = l1_blocks.number)`,
    )
    .run(toCount(start), toCount(end))
}
