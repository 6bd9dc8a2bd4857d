import { leafKinds } from '@crema/protocol'
import { emitHeads, type NodeContext } from '../context.ts'
import { positionAt } from './positions.ts'
import { regressFinalized, rollback } from './rollback.ts'

/**
 * Removes the L2 blocks whose inputs lie in L1 blocks above `ancestor`, then forgets those L1 blocks. In this order a crash in between
 * leaves a shorter chain and an L1 view that is compared again, never blocks without inputs. Must run on the node's writer.
 */
export async function rollbackAfterL1Cut(context: NodeContext, ancestor: bigint): Promise<void> {
  const { store, live } = context
  await rollback(context, lastSurvivor(context, ancestor), 'L1 reorganised')
  const before = store.heads()
  store.atomically(() => {
    store.cutL1Above(ancestor)
    lowerHeads(context)
  })
  const leaves = store.leafCount()
  if (live.nextLeaf > leaves) live.nextLeaf = leaves
  const after = store.heads()
  if (after.safe.hash !== before.safe.hash || after.finalized.hash !== before.finalized.hash) emitHeads(context)
}

/** Blocks that stay, but whose leaves L1 took back, are soft again: neither safe nor finalized may point to them. */
function lowerHeads(context: NodeContext): void {
  const { store } = context
  const { safe, finalized } = store.heads()
  const number = store.genesis().number + store.leafCount()
  if (finalized.number > number) regressFinalized(context, number)
  else if (safe.number > number) store.setHeads({ safe: { number, hash: store.headerByNumber(number)!.hash } })
}

/**
 * Last block that keeps its inputs. Lost are blocks with an origin above `ancestor` and forced ones whose leaf goes; ordered blocks with a
 * surviving origin stay as soft blocks. Leaves stand in order of their L1 blocks, so the first block with a surviving leaf ends the
 * search.
 */
function lastSurvivor({ store }: NodeContext, ancestor: bigint): bigint {
  const genesis = store.genesis().number
  let keep = store.heads().latest.number
  for (let number = keep; number > genesis; number--) {
    const { origin, kind, inboxIndex } = positionAt(store, number)
    const leaf = store.leaf(inboxIndex)
    if (leaf !== undefined && leaf.l1BlockNumber <= ancestor) break
    if (origin.number > ancestor || kind === leafKinds.forced) keep = number - 1n
  }
  return keep
}
