import { leafKinds } from '@crema/protocol'
import type { NodeContext } from '../context.ts'
import { positionAt } from './positions.ts'
import { announceRemoved, regressFinalized, removeAbove } from './rollback.ts'

/**
 * Forgets L1 above `ancestor` and removes, in the same transaction, the L2 blocks whose inputs went with it: those with an origin above
 * it, and forced ones whose leaf is gone. Ordered blocks with a surviving origin stay as soft blocks. Must run on the node's writer.
 */
export function rollbackAfterL1Cut(context: NodeContext, ancestor: bigint): void {
  const { store, live } = context
  const removed = store.atomically(() => {
    store.cutL1Above(ancestor)
    const gone = removeAbove(context, lastSurvivor(context, ancestor))
    lowerHeads(context)
    return gone
  })
  const leaves = store.leafCount()
  if (live.nextLeaf > leaves) live.nextLeaf = leaves
  announceRemoved(context, removed, 'L1 reorganised')
}

/** Blocks that stay, but whose leaves L1 took back, are soft again: neither safe nor finalized may point to them. */
function lowerHeads(context: NodeContext): void {
  const { store } = context
  const { safe, finalized } = store.heads()
  const number = store.genesis().number + store.leafCount()
  if (finalized.number > number) regressFinalized(context, number)
  else if (safe.number > number) store.setHeads({ safe: { number, hash: store.headerByNumber(number)!.hash } })
}

/** Origins never decrease, so the search ends at the first block with an older origin than `ancestor`. */
function lastSurvivor({ store }: NodeContext, ancestor: bigint): bigint {
  const genesis = store.genesis().number
  let keep = store.heads().latest.number
  for (let number = keep; number > genesis; number--) {
    const { origin, kind, inboxIndex } = positionAt(store, number)
    if (origin.number < ancestor) break
    const lost = origin.number > ancestor || (kind === leafKinds.forced && store.leaf(inboxIndex) === undefined)
    if (lost) keep = number - 1n
  }
  return keep
}
