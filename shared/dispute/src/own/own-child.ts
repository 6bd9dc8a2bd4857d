import type { DisputeState } from '@crema/l1'
import type { BlockState, Hash } from '@crema/protocol'

/** The parent of a dispute as far as its one right child follows from it. */
export type DisputeParent = Pick<DisputeState, 'parentId' | 'parent' | 'reopenEpoch' | 'block'>

/** The one right child of a parent in its epoch, by this node's own execution of input that it read from L1 itself. */
export interface RightChild {
  readonly isKnown: true
  readonly id: Hash
  readonly parentId: Hash
  readonly end: BlockState
  /** Hash of the state that its trace begins with: the parent's end, status BLOCK_END, no gas. */
  readonly startHash: Hash
  /** Inbox leaves consumed at the parent. */
  readonly startInboxCount: bigint
  readonly targetCount: bigint
  readonly inboxRoot: Hash
  /** Why nothing may be staked on it now. Moves of a commitment that is on L1 go on all the same: their preimages authenticate them. */
  readonly doubt?: Doubt
}

/** Why a child cannot be told, or not be relied on with a stake. */
export interface Doubt {
  /** What is incomplete or disagrees, in words. */
  readonly why: string
  /** No waiting mends it. */
  readonly needsPeople?: true
  /** It stands on a wrong assertion, and is not confirmed unless that is. */
  readonly isBelowWrong?: true
  readonly details?: Readonly<Record<string, unknown>>
}

/** The child cannot be told. */
export interface UnknownChild extends Doubt {
  readonly isKnown: false
}

export type OwnChild = RightChild | UnknownChild

/** Tells the right child of a parent. It must say unknown for a parent that it does not agree with, and doubt it while it has not seen all of its input final. */
export interface OwnChildren {
  rightChild(parent: DisputeParent): Promise<OwnChild>
}
