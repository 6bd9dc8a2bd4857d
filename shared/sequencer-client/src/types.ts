import type { CertifiedHeader, Hash, LaneBlock, LaneProof } from '@crema/protocol'

/** What a sequencer says of itself. */
export interface SequencerInfo {
  readonly kind: 'dev' | 'cometbft' | 'espresso'
  readonly setId: Hash
  readonly epoch: bigint
  /** Height of the newest certified header; 0 before the first. */
  readonly height: bigint
  readonly healthy: boolean
}

/** Stages of a submitted transaction. `ordered` is certified: the dev sequencer certifies every block. */
export type SubmissionStatus =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'pending' }
  | {
      readonly stage: 'ordered'
      readonly sequencerHeight: bigint
      readonly laneHeight: bigint
      readonly entryIndex: number
    }
  | { readonly stage: 'dropped'; readonly reason: string }

/**
 * Consecutive blocks of one lane with what proves them: `laneProof.laneHeight` is the last block's, and its tip chains over
 * all of them. Nothing here was checked by the client.
 */
export interface LaneRange {
  readonly blocks: readonly LaneBlock[]
  readonly certified: CertifiedHeader
  readonly laneProof: LaneProof
}

/** Access to a sequencer, whichever kind. Methods throw `SequencerError`s; connection faults are retryable. */
export interface SequencerClient {
  info(signal?: AbortSignal): Promise<SequencerInfo>
  /** Submits raw signed bytes to a lane; resolves with their keccak256 once accepted for ordering. */
  submit(lane: bigint, raw: Uint8Array, signal?: AbortSignal): Promise<Hash>
  status(lane: bigint, hash: Hash, signal?: AbortSignal): Promise<SubmissionStatus>
  /** Up to `limit` blocks from `fromLaneHeight` on; undefined when the lane has none there yet. */
  blocks(
    options: { readonly lane: bigint; readonly fromLaneHeight: bigint; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<LaneRange | undefined>
  /** Proof of the lane's position under the header at `height`. */
  laneProof(height: bigint, lane: bigint, signal?: AbortSignal): Promise<LaneProof>
  /** Header and certificate at `height`, or undefined. */
  certifiedHeader(height: bigint, signal?: AbortSignal): Promise<CertifiedHeader | undefined>
  /** Asks for an empty lane block because deposits wait (at most one per 2 s is ordered). */
  heartbeat(lane: bigint, signal?: AbortSignal): Promise<void>
  /** Calls `onBlock` with the newest lane height whenever it may have grown, until the signal aborts; reconnects by itself. */
  watch(lane: bigint, onBlock: (laneHeight: bigint) => void, signal: AbortSignal): void
}
