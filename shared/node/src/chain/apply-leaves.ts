import { setImmediate } from 'node:timers/promises'
import type { BlockPosition, PostedLeaf } from '@crema/chain-store'
import { derivePostedBlock, differingField } from '@crema/derivation'
import { type InboxLeaf, leafKinds, prevRandao } from '@crema/protocol'
import type { NodeContext } from '../context.ts'
import type { Origins } from '../l1/origins.ts'
import { recordContradiction } from '../sequencer/evidence.ts'
import { executeBlock } from './execute-block.ts'
import { positionAt, toDerivationPosition } from './positions.ts'
import { rollback } from './rollback.ts'

/**
 * Makes the chain follow the leaves that L1 holds: a block that was executed softly is compared with its leaf and confirmed, or
 * rolled back and executed again from it; a missing block is executed. One leaf at a time on the writer, and a turn of the event loop
 * between two, so that everything else gets its turn. Ends early when the signal aborts. Throws `L1Error` and what execution throws.
 */
export async function applyLeaves(context: NodeContext, origins: Origins, signal: AbortSignal): Promise<void> {
  const { store, live, writer } = context
  while (live.nextLeaf < store.leafCount() && !signal.aborted) {
    const index = live.nextLeaf
    const posted = store.leaf(index)!
    const { originNumber, originHash } = posted.leaf
    const origin = agrees(context, posted) ? undefined : await origins.named(originNumber, originHash)
    await writer.add(async () => {
      if (live.nextLeaf !== index || store.leaf(index)?.leafHash !== posted.leafHash) return
      if (!(await confirm(context, posted))) {
        // Agreed a moment ago, when no origin was needed: look again.
        if (origin === undefined) return
        await executePosted(context, posted, origin)
      }
      live.nextLeaf = index + 1n
      settleLane(context, posted)
    })
    await setImmediate()
  }
}

/** The executed block at a leaf's place, if there is one. */
function executedAt({ store }: NodeContext, posted: PostedLeaf): BlockPosition | undefined {
  const number = store.genesis().number + posted.index + 1n
  return number > store.heads().latest.number ? undefined : positionAt(store, number)
}

function agrees(context: NodeContext, posted: PostedLeaf): boolean {
  const position = executedAt(context, posted)
  if (position === undefined) return false
  return position.leafHash === posted.leafHash || differs(position, posted) === undefined
}

/** Notes that an executed block agrees with its leaf; on a difference takes the chain back to before it. */
async function confirm(context: NodeContext, posted: PostedLeaf): Promise<boolean> {
  const { store } = context
  const position = executedAt(context, posted)
  if (position === undefined) return false
  if (position.leafHash === posted.leafHash) return true
  const number = store.genesis().number + posted.index + 1n
  const field = differs(position, posted)
  if (field === undefined) {
    store.markPosted(number, { index: posted.index, leafHash: posted.leafHash })
    return true
  }
  recordContradiction(context, posted, position, field)
  await rollback(context, number - 1n, `L1 decided otherwise: ${field}`)
  return false
}

function differs(position: BlockPosition, posted: PostedLeaf): keyof InboxLeaf | 'laneTip' | undefined {
  const { origin, kind, sequencerHeight, inboxIndex } = position
  const field = differingField(
    {
      ...position,
      originNumber: origin.number,
      originHash: origin.hash,
      originTimestamp: origin.timestamp,
      originBaseFee: origin.baseFee,
      prevRandao: prevRandao(origin.mixHash, kind === leafKinds.forced ? inboxIndex : sequencerHeight),
    },
    posted.leaf,
  )
  if (field !== undefined) return field
  return position.laneTip === posted.laneTip ? undefined : 'laneTip'
}

async function executePosted(context: NodeContext, posted: PostedLeaf, origin: BlockPosition['origin']): Promise<void> {
  const { store } = context
  const parent = positionAt(store, store.heads().latest.number)
  const { leaf, leafHash, index } = posted
  const derived = derivePostedBlock(toDerivationPosition(parent), posted, {
    genesisNumber: store.genesis().number,
    deposits: store.deposits(leaf.depositStart, leaf.depositEnd),
    origin,
  })
  await executeBlock(context, derived, {
    kind: leaf.kind,
    sequencerHeight: leaf.sequencerHeight,
    leaf: { index, leafHash },
  })
}

/** What L1 holds needs no copy for re-execution, and settles a contradiction of the sequencer. */
function settleLane(context: NodeContext, posted: PostedLeaf): void {
  const { live, unposted, alarms, logger } = context
  if (posted.leaf.kind !== leafKinds.ordered) return
  unposted.delete(posted.laneHeight)
  if (live.frozenAt !== undefined && posted.laneHeight >= live.frozenAt) {
    live.frozenAt = undefined
    unposted.clear()
    alarms.clear('sequencer-equivocated')
    logger.info({ laneHeight: posted.laneHeight }, 'L1 decided; following the sequencer again')
  }
}
