import type { BlockPosition, PostedLeaf } from '@crema/chain-store'
import { derivePostedBlock, differingField } from '@crema/derivation'
import { type InboxLeaf, leafKinds } from '@crema/protocol'
import type { NodeContext } from '../context.ts'
import { NodeError } from '../errors.ts'
import type { Origins } from '../l1/origins.ts'
import { recordContradiction } from '../sequencer/evidence.ts'
import { executeBlock } from './execute-block.ts'
import { positionAt, toDerivationPosition } from './positions.ts'
import { rollback } from './rollback.ts'

/**
 * Makes the chain follow the leaves that L1 holds: a block that was executed softly is compared with its leaf and confirmed, or
 * rolled back and executed again from it; a missing block is executed. One leaf at a time on the writer, so that others get their
 * turn.
 */
export async function applyLeaves(context: NodeContext, origins: Origins): Promise<void> {
  const { store, live, writer } = context
  for (let index = live.nextLeaf; index < store.leafCount(); index = live.nextLeaf) {
    const posted = store.leaf(index)!
    const origin = await origins.at(posted.leaf.originNumber)
    await writer.add(async () => {
      if (live.nextLeaf !== index || store.leaf(index)?.leafHash !== posted.leafHash) return
      if (!confirmed(context, posted)) {
        if (origin.hash !== posted.leaf.originHash) {
          throw new NodeError('ORIGIN_MISMATCH', 'the origin of a leaf is not canonical', {
            details: { index, hash: origin.hash, expected: posted.leaf.originHash },
            retryable: true,
          })
        }
        await executePosted(context, posted, origin)
      }
      live.nextLeaf = index + 1n
      settleLane(context, posted)
    })
  }
}

/** Compares an executed block with its leaf; on a difference takes the chain back to before it. */
function confirmed(context: NodeContext, posted: PostedLeaf): boolean {
  const { store } = context
  const number = store.genesis().number + posted.index + 1n
  if (number > store.heads().latest.number) return false
  const position = positionAt(store, number)
  if (position.leafHash === posted.leafHash) return true
  const field = differs(position, posted)
  if (field === undefined) {
    store.markPosted(number, { index: posted.index, leafHash: posted.leafHash })
    return true
  }
  recordContradiction(context, posted, position, field)
  rollback(context, number - 1n, `L1 decided otherwise: ${field}`)
  return false
}

function differs(position: BlockPosition, posted: PostedLeaf): keyof InboxLeaf | 'laneTip' | undefined {
  const field = differingField(
    { ...position, originNumber: position.origin.number, originHash: position.origin.hash },
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
