import type { L2Block } from '@crema/protocol'
import { emitHeads, emitRemoved, type NodeContext } from '../context.ts'

/**
 * Takes the chain back to the block at `number` and tells subscribers. A rollback below the finalized head means that L1 took
 * back what it had finalized: that is reported, and the head moves back all the same, because L1 decides.
 */
export function rollback(context: NodeContext, number: bigint, reason: string): void {
  announceRemoved(
    context,
    context.store.atomically(() => removeAbove(context, number)),
    reason,
  )
}

/** Removes the blocks above `number` from the store, newest first, without telling anyone yet. */
export function removeAbove(context: NodeContext, number: bigint): L2Block[] {
  const { store } = context
  const { latest, finalized } = store.heads()
  if (number >= latest.number) return []
  if (number < finalized.number) regressFinalized(context, number)
  return store.rollbackTo(number)
}

/** Moves the finalized head back to the block at `number` and reports it, until it has come as far again. */
export function regressFinalized({ store, alarms, live }: NodeContext, number: bigint): void {
  const { finalized } = store.heads()
  alarms.raise('finalized-regressed', 'L1 took back a finalized block', { finalized, to: number })
  if (live.regressedFrom === undefined || live.regressedFrom < finalized.number) live.regressedFrom = finalized.number
  store.resetFinalized({ number, hash: store.headerByNumber(number)!.hash })
}

/** Tells subscribers what {@link removeAbove} removed, once that is stored. */
export function announceRemoved(context: NodeContext, removed: readonly L2Block[], reason: string): void {
  if (removed.length === 0) return
  const to = context.store.heads().latest.number
  context.logger.warn({ from: removed[0]!.header.number, to, reason, blocks: removed.length }, 'rolled back')
  emitRemoved(context, removed)
  emitHeads(context)
}
