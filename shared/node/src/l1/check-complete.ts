import { L1Error, type RollupEvents, readL1Block, readRollupCounts } from '@crema/l1'
import { rollbackAfterL1Cut } from '../chain/rollback-after-l1-cut.ts'
import type { NodeContext } from '../context.ts'

/**
 * Refuses events with gaps, as endpoints with a broken log index serve them. Events must continue the stored ones; at the head of
 * L1, where every endpoint keeps the state, both together must be as many as the contracts count. When what is missing lies
 * before the cursor, followed L1 facts are forgotten back to before the gap, so that they are read again. Throws `L1Error`.
 */
export async function checkComplete(
  context: NodeContext,
  { leaves, deposits }: RollupEvents,
  head: bigint | undefined,
): Promise<void> {
  const { store, l1, config } = context
  const stored = { leaves: store.leafCount(), deposits: store.depositCount() }
  const first = { leaves: leaves[0]?.index, deposits: deposits[0]?.index }
  if ((first.leaves ?? 0n) > stored.leaves || (first.deposits ?? 0n) > stored.deposits) {
    await forgetIncomplete(context, 'events do not continue the stored ones')
  }
  if (head === undefined) return
  const counted = await readRollupCounts(l1, config.l1Contracts, head)
  const found = {
    leaves: stored.leaves + BigInt(leaves.length),
    deposits: stored.deposits + BigInt(deposits.length),
  }
  if (counted.leaves === found.leaves && counted.deposits === found.deposits) return
  const before = await readRollupCounts(l1, config.l1Contracts, store.l1Cursor()!.number)
  if (before.leaves !== stored.leaves || before.deposits !== stored.deposits) {
    await forgetIncomplete(context, 'the stored events are not all that the contracts count')
  }
  // A lying endpoint goes on so; a reorganisation between the two reads does not.
  throw new L1Error('L1_INCONSISTENT', 'logs are not all that the contracts count', { details: { counted, found } })
}

/** Forgets L1 from before the newest stored event on; the gap lies after it, or in its block. Always throws. */
async function forgetIncomplete(context: NodeContext, reason: string): Promise<never> {
  const { store, config, l1, writer, live, logger } = context
  const events = [
    store.leafCount() === 0n ? undefined : store.leaf(store.leafCount() - 1n)!.l1BlockNumber,
    store.depositCount() === 0n
      ? undefined
      : store.deposits(store.depositCount() - 1n, store.depositCount())[0]!.l1BlockNumber,
  ]
  const known = events.filter((number) => number !== undefined)
  const oldest = known.length === 0 ? undefined : known.reduce((a, b) => (a < b ? a : b))
  const to = oldest === undefined || oldest <= config.l1StartBlock ? config.l1StartBlock : oldest - 1n
  const cursor = store.l1Cursor()
  const canonical = cursor === undefined ? undefined : await readL1Block(l1, { number: cursor.number })
  if (canonical?.hash !== cursor?.hash) throw new L1Error('L1_INCONSISTENT', 'L1 reorganised while it was counted')
  await writer.add(() => {
    // Nothing is executed softly on an incomplete view.
    live.l1Synced = false
    return rollbackAfterL1Cut(context, to)
  })
  logger.warn({ to, reason }, 'L1 is read again')
  throw new L1Error('L1_BAD_RESPONSE', reason, { details: { readAgainFrom: to } })
}
