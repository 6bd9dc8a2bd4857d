import type { Address, Hash } from './hex.ts'

/** Kinds of Inbox leaves, as the contract numbers them. */
export const leafKinds = { ordered: 0, forced: 1 } as const
export type LeafKind = (typeof leafKinds)[keyof typeof leafKinds]

/** The one input of an L2 block; leaf i makes block genesis + i + 1 (contracts/src/types/Inbox.sol). */
export interface InboxLeaf {
  readonly kind: LeafKind
  readonly sequencerHeight: bigint
  /** Seconds. */
  readonly timestamp: bigint
  readonly originNumber: bigint
  readonly originHash: Hash
  readonly originTimestamp: bigint
  /** Wei. */
  readonly originBaseFee: bigint
  readonly prevRandao: Hash
  readonly payloadHash: Hash
  readonly txCount: bigint
  readonly txRoot: Hash
  readonly depositStart: bigint
  readonly depositEnd: bigint
  readonly depositRoot: Hash
}

/** What L2 blocks use of an L1 block. */
export interface Origin {
  readonly number: bigint
  readonly hash: Hash
  /** Seconds. */
  readonly timestamp: bigint
  /** Wei. */
  readonly baseFee: bigint
  readonly mixHash: Hash
}

/** One deposit of the Portal's queue. Executed on L2 exactly once, in order of `index`. */
export interface Deposit {
  readonly index: bigint
  /** Aliased when a contract made the deposit. */
  readonly from: Address
  /** Undefined creates a contract. */
  readonly to: Address | undefined
  /** Wei minted to `from`. */
  readonly mint: bigint
  /** Wei sent to `to`. */
  readonly value: bigint
  readonly gasLimit: bigint
  readonly data: Uint8Array
  /** Where the queue entry stands on L1. */
  readonly l1BlockNumber: bigint
  readonly l1BlockHash: Hash
  readonly l1Timestamp: bigint
  readonly l1TransactionHash: Hash
  readonly l1LogIndex: number
}
