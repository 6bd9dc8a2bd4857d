import { L1Error, readL1Block } from '@crema/l1'
import type { BlockRef } from '@crema/protocol'
import { applyLeaves } from '../chain/apply-leaves.ts'
import { rollbackAfterL1Cut } from '../chain/rollback-after-l1-cut.ts'
import { updateHeads } from '../chain/update-heads.ts'
import { emitHeads, type NodeContext } from '../context.ts'
import { findCommonAncestor } from './find-common-ancestor.ts'
import type { Origins } from './origins.ts'
import { readNextBatch } from './read-batch.ts'

/**
 * One step of following L1: notices a reorganisation and cuts what it took back, stores what the next blocks brought, executes or
 * compares the leaves among them, and moves the heads. Returns whether more is waiting. Throws `L1Error` and what execution throws.
 */
export async function followL1(context: NodeContext, origins: Origins, signal: AbortSignal): Promise<boolean> {
  const { l1, live, store, writer } = context
  const head = await readL1Block(l1, { tag: 'latest' })
  if (head === undefined) throw new L1Error('L1_BAD_RESPONSE', 'L1 has no latest block')
  await cutIfReorganised(context, origins, head.number)
  const batch = await readNextBatch(context, head.number)
  if (batch !== undefined) await writer.add(() => store.appendL1(batch))
  live.l1Head = { number: head.number, hash: head.hash }
  await applyLeaves(context, origins, signal)
  const cursor = store.l1Cursor()!
  const caughtUp = cursor.number >= head.number
  const [safe, finalized] = await Promise.all([l1Ref(context, 'safe'), l1Ref(context, 'finalized')])
  // Both count by number, so only on the chain that was followed: a reorganisation since it was read must be cut first.
  if ((await readL1Block(l1, { number: cursor.number }))?.hash !== cursor.hash) return true
  live.l1Safe = safe
  live.l1Finalized = finalized
  await writer.add(() => updateHeads(context))
  if (caughtUp && !live.l1Synced) {
    live.l1Synced = true
    context.logger.info({ l1: cursor.number, latest: store.heads().latest.number }, 'caught up with L1')
    emitHeads(context)
  }
  if (batch !== undefined) live.wakeSequencer()
  return !caughtUp
}

async function l1Ref(context: NodeContext, tag: 'safe' | 'finalized'): Promise<BlockRef | undefined> {
  const block = await readL1Block(context.l1, { tag })
  return block === undefined ? undefined : { number: block.number, hash: block.hash }
}

/** Compares the cursor with L1; after a reorganisation forgets what is no longer canonical, on both sides. */
async function cutIfReorganised(context: NodeContext, origins: Origins, head: bigint): Promise<void> {
  const { l1, store, writer, logger, config } = context
  const cursor = store.l1Cursor()
  if (cursor === undefined) return
  const canonical = await readL1Block(l1, { number: cursor.number })
  if (canonical?.hash === cursor.hash) return
  if (canonical === undefined) await waitForLaggard(context, head)
  const ancestor = await findCommonAncestor(context)
  if (ancestor === undefined) {
    throw new L1Error('L1_WRONG_CHAIN', 'L1 shares no block with what this node followed', {
      details: { start: config.l1StartBlock },
      retryable: true,
    })
  }
  logger.warn({ from: cursor.number, to: ancestor.number }, 'L1 reorganised')
  await writer.add(() => {
    origins.cutAbove(ancestor.number)
    return rollbackAfterL1Cut(context, ancestor.number)
  })
}

/**
 * L1 does not know the cursor's block. That alone is no reorganisation: an endpoint that is some blocks behind answers so too.
 * Returns only when L1 contradicts what is stored at or below its head; otherwise throws `L1_INCONSISTENT`, and the next poll looks again.
 */
async function waitForLaggard({ l1, store }: NodeContext, head: bigint): Promise<void> {
  const row = store.l1BlockAtOrBelow(head)
  if (row === undefined) return
  const canonical = await readL1Block(l1, { number: row.number })
  if (canonical !== undefined && canonical.hash !== row.hash) return
  throw new L1Error('L1_INCONSISTENT', 'L1 is behind what this node followed', {
    details: { head, cursor: store.l1Cursor()?.number },
  })
}
