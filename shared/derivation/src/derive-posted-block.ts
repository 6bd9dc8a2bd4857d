import {
  type BlockInput,
  type Deposit,
  type Hash,
  type InboxLeaf,
  inboxLeafHash,
  keccak256Hex,
  type Origin,
  txRoot,
} from '@crema/protocol'
import type { DerivedBlock } from './derive-soft-block.ts'
import { DerivationError } from './errors.ts'
import type { DerivationPosition } from './types.ts'

/** A leaf of the Inbox with the data that was posted for it. */
export interface PostedInput {
  readonly index: bigint
  readonly leafHash: Hash
  readonly leaf: InboxLeaf
  readonly payload: Uint8Array
  /** Position of the lane after the leaf. */
  readonly laneHeight: bigint
  readonly laneTip: Hash
}

export interface DerivePostedOptions {
  readonly genesisNumber: bigint
  /** The leaf's deposits, in order. */
  readonly deposits: readonly Deposit[]
  /** The L1 block that the leaf names. */
  readonly origin: Origin
}

/**
 * Inputs of the L2 block of a posted leaf. The leaf decides; data that does not match what it commits to is refused.
 * Throws `DerivationError`.
 */
export function derivePostedBlock(
  parent: DerivationPosition,
  posted: PostedInput,
  options: DerivePostedOptions,
): DerivedBlock {
  const { leaf } = posted
  if (posted.index !== parent.inboxCount) {
    throw new DerivationError('WRONG_LEAF_INDEX', 'leaf does not continue the chain', {
      index: posted.index,
      expected: parent.inboxCount,
    })
  }
  checkPosted(posted)
  checkDeposits(parent, leaf, options.deposits)
  const input: BlockInput = {
    number: options.genesisNumber + posted.index + 1n,
    timestamp: leaf.timestamp,
    prevRandao: leaf.prevRandao,
    origin: {
      number: leaf.originNumber,
      hash: leaf.originHash,
      timestamp: leaf.originTimestamp,
      baseFee: leaf.originBaseFee,
    },
    deposits: options.deposits,
    payload: posted.payload,
  }
  const position: DerivationPosition = {
    laneHeight: posted.laneHeight,
    laneTip: posted.laneTip,
    timestamp: leaf.timestamp,
    origin: options.origin,
    depositEnd: leaf.depositEnd,
    inboxCount: posted.index + 1n,
  }
  return { input, position }
}

/** Checks a leaf's own hash and that the payload is the one it commits to. Throws `DerivationError`. */
export function checkPosted({ index, leaf, leafHash, payload }: PostedInput): void {
  const computed = inboxLeafHash(leaf)
  if (computed !== leafHash) {
    throw new DerivationError('LEAF_HASH_MISMATCH', 'leaf does not hash to its commitment', {
      index,
      computed,
      leafHash,
    })
  }
  const payloadHash = keccak256Hex(payload)
  if (payloadHash !== leaf.payloadHash) {
    throw new DerivationError('PAYLOAD_MISMATCH', 'payload is not the one the leaf commits to', {
      index,
      payloadHash,
      expected: leaf.payloadHash,
    })
  }
  const entriesRoot = txRoot(payload)
  if (entriesRoot !== leaf.txRoot) {
    throw new DerivationError('PAYLOAD_MISMATCH', 'entries do not hash to the leaf', {
      index,
      entriesRoot,
      expected: leaf.txRoot,
    })
  }
}

function checkDeposits(parent: DerivationPosition, leaf: InboxLeaf, deposits: readonly Deposit[]): void {
  const expected = leaf.depositEnd - leaf.depositStart
  const inOrder = deposits.every((deposit, i) => deposit.index === leaf.depositStart + BigInt(i))
  if (leaf.depositStart !== parent.depositEnd || BigInt(deposits.length) !== expected || !inOrder) {
    throw new DerivationError('DEPOSITS_MISMATCH', 'deposits do not continue the queue', {
      depositStart: leaf.depositStart,
      parentDepositEnd: parent.depositEnd,
      depositEnd: leaf.depositEnd,
      supplied: deposits.length,
    })
  }
}
