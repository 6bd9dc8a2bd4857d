import { leafKinds } from '@crema/protocol'
import type { NodeContext } from '../context.ts'
import { positionAt } from './positions.ts'
import { rollback } from './rollback.ts'

/**
 * After L1 was cut above `ancestor`: removes L2 blocks whose inputs went with it. Those are blocks with an origin above it and forced
 * blocks whose leaf is gone; ordered blocks with a surviving origin stay as soft blocks. Origins never decrease, so the search ends at
 * the first block with an older origin.
 */
export function rollbackAfterL1Cut(context: NodeContext, ancestor: bigint): void {
  const { store, live } = context
  const genesis = store.genesis().number
  let keep = store.heads().latest.number
  for (let number = keep; number > genesis; number--) {
    const { origin, kind, inboxIndex } = positionAt(store, number)
    if (origin.number < ancestor) break
    const lost = origin.number > ancestor || (kind === leafKinds.forced && store.leaf(inboxIndex) === undefined)
    if (lost) keep = number - 1n
  }
  rollback(context, keep, 'L1 reorganised')
  const leaves = store.leafCount()
  if (live.nextLeaf > leaves) live.nextLeaf = leaves
}
