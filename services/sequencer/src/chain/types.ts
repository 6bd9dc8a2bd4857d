import type { Address, CertifiedHeader, Frontier, Hash } from '@crema/protocol'

/** A lane and the Inbox that consumes it. */
export interface LaneBinding {
  /** The L2 chain id. */
  readonly lane: bigint
  readonly inbox: Address
}

/** An L1 block as headers name it. */
export interface OriginRef {
  readonly number: bigint
  readonly hash: Hash
}

/** One lane's block of a sequencer block. */
export interface SealedLaneBlock {
  readonly lane: bigint
  readonly laneHeight: bigint
  /** Tip after this block. */
  readonly laneTip: Hash
  readonly payload: Uint8Array
}

/** A certified header with the lane blocks it adds, ascending by lane, at least one. What the log stores. */
export interface SealedBlock {
  readonly certified: CertifiedHeader
  readonly lanes: readonly SealedLaneBlock[]
}

/** Where a lane stands. */
export interface LanePosition {
  readonly laneTip: Hash
  readonly laneHeight: bigint
}

/** All that the next header depends on. Immutable. */
export interface ChainState {
  readonly setId: Hash
  readonly epoch: bigint
  /** Height of the newest header; 0 before the first. */
  readonly height: bigint
  readonly parentHash: Hash
  /** Seconds. */
  readonly timestamp: bigint
  readonly origin: OriginRef
  /** Hashes of all headers so far. */
  readonly history: Frontier
  /** Every configured lane; those without a block stand at their first tip and height 0. */
  readonly lanes: ReadonlyMap<bigint, LanePosition>
}
