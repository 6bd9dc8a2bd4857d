import type { BlockRef } from '@crema/protocol'
import { emitHeads, type NodeContext } from '../context.ts'

/**
 * Moves safe and finalized: the newest block whose leaf lies in an L1 block that is safe, or final. `finalized` never moves back here;
 * when L1 takes back finality, the cut of L1 moves it (rollback-after-l1-cut.ts).
 */
export function updateHeads(context: NodeContext): void {
  const { store, live, alarms } = context
  const before = store.heads()
  const finalized = newestUpTo(context, live.l1Finalized?.number, before.finalized)
  const safe = newestUpTo(context, live.l1Safe?.number, finalized)
  const target = safe.number >= finalized.number ? safe : finalized
  if (target.hash === before.safe.hash && finalized.hash === before.finalized.hash) return
  store.setHeads({ safe: target, finalized })
  if (live.regressedFrom !== undefined && finalized.number >= live.regressedFrom) {
    live.regressedFrom = undefined
    alarms.clear('finalized-regressed')
  }
  emitHeads(context)
}

/** Newest compared block whose leaf lies at or below the L1 block, and not below `floor`. */
function newestUpTo(context: NodeContext, l1Number: bigint | undefined, floor: BlockRef): BlockRef {
  const { store, live } = context
  if (l1Number === undefined) return floor
  const genesis = store.genesis().number
  // Leaves stand in order of their L1 blocks: find the first above by halving.
  let low = floor.number - genesis
  let high = live.nextLeaf
  while (low < high) {
    const middle = (low + high) / 2n
    if (store.leaf(middle)!.l1BlockNumber <= l1Number) low = middle + 1n
    else high = middle
  }
  const number = genesis + low
  if (number <= floor.number) return floor
  return { number, hash: store.headerByNumber(number)!.hash }
}
