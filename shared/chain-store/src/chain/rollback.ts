import type { L2Block } from '@crema/protocol'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { logId, transactionId } from '../row-ids.ts'
import { readHeads } from './heads.ts'
import { dropUnusedPayloads } from './payloads.ts'
import { blockByNumber } from './read-block.ts'

/** See {@link ChainStore.rollbackTo}. */
export function rollbackTo(context: StoreContext, number: bigint): L2Block[] {
  return context.write(() => {
    const { latest, safe, finalized } = readHeads(context)
    if (number > latest.number)
      throw new ChainStoreError('UNKNOWN_BLOCK', 'cannot roll back to a block above latest', {
        details: { number, latest },
      })
    if (number < finalized.number)
      throw new ChainStoreError('ROLLBACK_BELOW_FINALIZED', 'cannot remove finalized blocks', {
        details: { number, finalized },
      })
    const removed: L2Block[] = []
    for (let n = latest.number; n > number; n--) removed.push(blockByNumber(context, n)!)
    if (removed.length > 0) removeAbove(context, Number(number))
    if (safe.number > number) context.statement('UPDATE chain SET safe_number = ? WHERE id = 1').run(Number(number))
    // A block of equal hash may come back with other skipped entries.
    for (const block of removed) context.blocks.delete(block.hash)
    return removed
  })
}

function removeAbove(context: StoreContext, number: number): void {
  const payloads = context
    .statement<{ payload_id: number }>(
      'SELECT DISTINCT payload_id FROM blocks WHERE number > ? AND payload_id IS NOT NULL',
    )
    .all(number)
  const firstTransaction = transactionId(number + 1, 0)
  context.statement('DELETE FROM deposit_aliases WHERE transaction_id >= ?').run(firstTransaction)
  context.statement('DELETE FROM logs WHERE id >= ?').run(logId(number + 1, 0))
  context.statement('DELETE FROM skipped WHERE id >= ?').run(firstTransaction)
  context.statement('DELETE FROM transactions WHERE id >= ?').run(firstTransaction)
  context.statement('DELETE FROM blocks WHERE number > ?').run(number)
  dropUnusedPayloads(
    context,
    payloads.map((row) => row.payload_id),
  )
}
