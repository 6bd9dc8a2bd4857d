import type { Hash, Origin } from '@crema/protocol'

/** Where derivation stands after an L2 block; the next block starts from here. */
export interface DerivationPosition {
  /** Blocks of the lane consumed. */
  readonly laneHeight: bigint
  /** Hash chain over them. */
  readonly laneTip: Hash
  /** Seconds. */
  readonly timestamp: bigint
  readonly origin: Origin
  /** First deposit that no block has executed. */
  readonly depositEnd: bigint
  /** Inbox leaves consumed: the next block's leaf. */
  readonly inboxCount: bigint
}
