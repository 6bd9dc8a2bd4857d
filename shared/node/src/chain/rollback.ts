import { setImmediate } from 'node:timers/promises'
import { emitHeads, emitRemoved, type NodeContext } from '../context.ts'

/** Blocks removed in one transaction: each is a complete state, and none holds more than these in memory. */
const CHUNK = 128n

/**
 * Takes the chain back to the block at `number`, newest blocks first, and tells subscribers. A rollback below the finalized head means
 * that L1 took back what it had finalized: that is reported, and the head moves back all the same, because L1 decides. Must run on
 * the node's writer.
 */
export async function rollback(context: NodeContext, number: bigint, reason: string): Promise<void> {
  const { store, logger } = context
  const from = store.heads().latest.number
  if (number >= from) return
  logger.warn({ from, to: number, reason, blocks: from - number }, 'rolling back')
  for (let top = from; top > number; top = store.heads().latest.number) {
    const to = top - CHUNK > number ? top - CHUNK : number
    const removed = store.atomically(() => {
      if (to < store.heads().finalized.number) regressFinalized(context, to)
      return store.rollbackTo(to)
    })
    emitRemoved(context, removed)
    await setImmediate()
  }
  emitHeads(context)
}

/** Moves the finalized head back to the block at `number` and reports it, until it has come as far again. */
export function regressFinalized({ store, alarms, live }: NodeContext, number: bigint): void {
  const { finalized } = store.heads()
  alarms.raise('finalized-regressed', 'L1 took back a finalized block', { finalized, to: number })
  if (live.regressedFrom === undefined || live.regressedFrom < finalized.number) live.regressedFrom = finalized.number
  store.resetFinalized({ number, hash: store.headerByNumber(number)!.hash })
}
