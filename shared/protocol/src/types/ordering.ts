import type { Address, Hash, Hex } from './hex.ts'

/** What the sequencer committee signs, one per height (contracts/src/types/Ordering.sol). Timestamps are seconds. */
export interface SequencerHeader {
  readonly version: bigint
  readonly setId: Hash
  readonly epoch: bigint
  readonly height: bigint
  readonly timestamp: bigint
  readonly parentHash: Hash
  readonly proposer: Address
  readonly originNumber: bigint
  readonly originHash: Hash
  readonly lanesRoot: Hash
  readonly historyRoot: Hash
}

/** A quorum's signatures: bit i of `bitmap` is member i, 64 bytes (EIP-2098) per set bit, lowest first. */
export interface Certificate {
  readonly bitmap: bigint
  readonly signatures: Hex
}

/** One lane's position under `lanesRoot`. */
export interface LaneProof {
  readonly laneTip: Hash
  readonly laneHeight: bigint
  readonly laneCount: bigint
  readonly index: bigint
  readonly siblings: readonly Hash[]
}

/**
 * One block of a lane as the sequencer serves it. Nothing in it is trusted before `laneTip` chains from a known tip to one that
 * a certificate covers.
 */
export interface LaneBlock {
  /** Consecutive number of the lane's blocks; the first is 1. */
  readonly laneHeight: bigint
  /** Height of the sequencer block that holds it. */
  readonly sequencerHeight: bigint
  /** Seconds. */
  readonly timestamp: bigint
  readonly originNumber: bigint
  readonly originHash: Hash
  readonly payload: Uint8Array
}

/** A header with the quorum's signatures over it. */
export interface CertifiedHeader {
  readonly header: SequencerHeader
  readonly certificate: Certificate
}

/** Members of one epoch of a sequencer set, and the heights it certifies. */
export interface CommitteeEpoch {
  readonly setId: Hash
  readonly epoch: bigint
  readonly startHeight: bigint
  /** Undefined while the epoch is current. */
  readonly endHeight: bigint | undefined
  readonly members: readonly Address[]
}

/** EIP-712 domain of attestations. */
export interface CommitteeDomain {
  readonly chainId: bigint
  readonly registry: Address
}
