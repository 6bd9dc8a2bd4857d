import { leafKinds } from '@crema/protocol'
import type { NodeContext } from '../context.ts'
import { positionAt } from './positions.ts'
import { announceRemoved, removeAbove } from './rollback.ts'

/**
 * Forgets L1 above `ancestor` and removes, in the same transaction, the L2 blocks whose inputs went with it: those with an origin above
 * it, and forced ones whose leaf is gone. Ordered blocks with a surviving origin stay as soft blocks. Must run on the node's writer.
 */
export function rollbackAfterL1Cut(context: NodeContext, ancestor: bigint): void {
  const { store, live } = context
  const removed = store.atomically(() => {
    store.cutL1Above(ancestor)
    return removeAbove(context, lastSurvivor(context, ancestor))
  })
  const leaves = store.leafCount()
  if (live.nextLeaf > leaves) live.nextLeaf = leaves
  announceRemoved(context, removed, 'L1 reorganised')
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
