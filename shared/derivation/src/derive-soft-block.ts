import { type BlockInput, type Deposit, type Hash, limits, type Origin, prevRandao } from '@crema/protocol'
import type { DerivationPosition } from './types.ts'
import type { VerifiedLaneBlock } from './verify-lane-range.ts'

/** L1 as the node sees it now. All three answer from data the node has already followed. */
export interface L1View {
  /** Newest followed L1 block. */
  readonly head: bigint
  /** The canonical L1 block at `number`, which is at most `head`. */
  originAt(number: bigint): Origin
  /** Twin of `IDepositQueue.depositEnd` without a bound in time. */
  depositEnd(start: bigint, maxBlock: bigint, maxGas: bigint): bigint
  deposits(start: bigint, end: bigint): Deposit[]
}

/** A soft block's inputs, and where derivation stands after it. */
export interface DerivedBlock {
  readonly input: BlockInput
  readonly position: DerivationPosition
}

/** Why a certified block cannot be derived softly yet. */
export type SoftWait =
  | { readonly wait: 'l1-behind'; readonly originNumber: bigint }
  | { readonly wait: 'timestamp-ahead'; readonly timestamp: bigint }

export interface DeriveSoftOptions {
  readonly genesisNumber: bigint
  readonly blockGasLimit: bigint
  readonly l1: L1View
  /** Wall clock in seconds. */
  readonly now: bigint
}

/**
 * What the Inbox will make of a certified lane block when it is posted, as far as that is known: the same normalisation of
 * origin, timestamp and size, and the same range of deposits (docs/protocol/inbox.md). A block whose normalisation depends on
 * when it is posted (an origin beyond the known L1, a timestamp more than 60 s ahead) waits.
 */
export function deriveSoftBlock(
  parent: DerivationPosition,
  verified: VerifiedLaneBlock,
  options: DeriveSoftOptions,
): DerivedBlock | SoftWait {
  const { block } = verified
  const { l1 } = options
  if (block.originNumber > l1.head) return { wait: 'l1-behind', originNumber: block.originNumber }
  if (block.timestamp > options.now + limits.maxTimestampAhead) {
    return { wait: 'timestamp-ahead', timestamp: block.timestamp }
  }
  const origin = softOrigin(parent.origin, block.originNumber, block.originHash, l1)
  const timestamp = block.timestamp > parent.timestamp ? block.timestamp : parent.timestamp
  const depositEnd = l1.depositEnd(parent.depositEnd, origin.number, options.blockGasLimit / 2n)
  const payload = block.payload.length > limits.maxPayloadSize ? new Uint8Array(0) : block.payload
  return {
    input: {
      number: options.genesisNumber + parent.inboxCount + 1n,
      timestamp,
      prevRandao: prevRandao(origin.mixHash, block.sequencerHeight),
      origin,
      deposits: l1.deposits(parent.depositEnd, depositEnd),
      payload,
    },
    position: {
      laneHeight: block.laneHeight,
      laneTip: verified.laneTip,
      timestamp,
      origin,
      depositEnd,
      inboxCount: parent.inboxCount + 1n,
    },
  }
}

/** The header's origin if it is canonical, not before the parent's and still known to contracts when posted; else the parent's again. */
function softOrigin(parent: Origin, number: bigint, hash: Hash, l1: L1View): Origin {
  if (number < parent.number) return parent
  if (number === parent.number && hash === parent.hash) return parent
  // The earliest block that can post it is the next.
  if (number + limits.knownL1Blocks <= l1.head) return parent
  const canonical = l1.originAt(number)
  return canonical.hash === hash ? canonical : parent
}
