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
}

/** Why it cannot be told; nothing is staked or moved then. */
export interface UnknownChild {
  readonly isKnown: false
  /** What is incomplete or disagrees, in words. */
  readonly why: string
  /** No waiting mends it. */
  readonly needsPeople?: true
  readonly details?: Readonly<Record<string, unknown>>
}

export type OwnChild = RightChild | UnknownChild

/** Tells the right child of a parent. It must say unknown for a parent that it does not agree with, and while it has not seen all of its input final. */
export interface OwnChildren {
  rightChild(parent: DisputeParent): Promise<OwnChild>
}
