import type { NodeContext } from '../context.ts'
import { emitHeads, emitRemoved } from '../context.ts'

/**
 * Takes the chain back to the block at `number` and tells subscribers. A rollback below the finalized head means that L1 took
 * back what it had finalized: that is reported, and the head moves back all the same, because L1 decides.
 */
export function rollback(context: NodeContext, number: bigint, reason: string): void {
  const { store, alarms, logger } = context
  const before = store.heads()
  if (number >= before.latest.number) return
  const removed = store.atomically(() => {
    if (number < before.finalized.number) {
      alarms.raise('finalized-regressed', 'L1 took back a finalized block', { finalized: before.finalized, to: number })
      const target = store.headerByNumber(number)!
      store.resetFinalized({ number, hash: target.hash })
    }
    return store.rollbackTo(number)
  })
  logger.warn({ from: before.latest.number, to: number, reason, blocks: removed.length }, 'rolled back')
  emitRemoved(context, removed)
  emitHeads(context)
}
