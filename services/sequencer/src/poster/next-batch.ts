import { type L1Client, readCommitteeEpoch } from '@crema/l1'
import type { CommitteeEpoch, Hex } from '@crema/protocol'
import type { LaneRange, SequencerClient } from '@crema/sequencer-client'
import { authenticate } from './authenticate.ts'
import { encodeBatch } from './encode-batch.ts'
import { type BatchLimits, countFitting } from './fit.ts'
import type { InboxSetup } from './inbox-setup.ts'
import type { InboxView } from './inbox-view.ts'
import { originHeaders } from './origin-headers.ts'

/** Blocks for one L1 transaction. */
export interface Batch {
  readonly firstLaneHeight: bigint
  readonly lastLaneHeight: bigint
  /** More blocks wait behind it than fit. */
  readonly full: boolean
  /** Calldata for the Inbox, from what L1 looked like at `view`. */
  encode(view: InboxView): Promise<Hex>
}

/** Parts of {@link createBatches}. */
export interface BatchSource {
  readonly sequencer: SequencerClient
  readonly client: L1Client
  readonly setup: InboxSetup
}

/** Returns what takes the next batch after the Inbox's position, authenticated, or undefined when the sequencer has no block there. */
export function createBatches({ sequencer, client, setup }: BatchSource) {
  const { lane, setId, domain } = setup
  const committees = new Map<bigint, CommitteeEpoch>()

  async function committeeOf(epoch: bigint): Promise<CommitteeEpoch> {
    const known = committees.get(epoch) ?? (await readCommitteeEpoch(client, domain.registry, setId, epoch))
    committees.set(epoch, known)
    return known
  }

  /** @throws CremaError for what is not authentic, L1Error, SequencerError. */
  async function fetch(view: InboxView, limit: number, signal: AbortSignal): Promise<LaneRange | undefined> {
    const range = await sequencer.blocks({ lane, fromLaneHeight: view.laneHeight + 1n, limit }, signal)
    if (!range) return undefined
    try {
      const committee = await committeeOf(range.certified.header.epoch)
      authenticate(range, { lane, tip: view.laneTip, committee, domain })
    } catch (error) {
      // A handover may have ended the epoch as it was read.
      committees.clear()
      throw error
    }
    return range
  }

  return async (view: InboxView, limits: BatchLimits, signal: AbortSignal): Promise<Batch | undefined> => {
    const all = await fetch(view, limits.maxBlocks + 1, signal)
    if (!all) return undefined
    const count = countFitting(all.blocks, limits)
    const full = count < all.blocks.length
    // A shorter range has a certified header of its own, which covers exactly its last block.
    const range = full ? await fetch(view, count, signal) : all
    if (!range) return undefined
    return {
      firstLaneHeight: range.blocks[0]!.laneHeight,
      lastLaneHeight: range.laneProof.laneHeight,
      full,
      encode: async (at) => encodeBatch(range, view.laneTip, await originHeaders(client, at, range.blocks)),
    }
  }
}
