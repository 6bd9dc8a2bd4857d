import type { DisputeState } from '@crema/l1'
import { CremaError, type Hash } from '@crema/protocol'
import type { OwnChild, OwnChildren, RightChild } from '../own/own-child.ts'

/** Right children with a memory: what is known once is still good for moves while it cannot be told. */
export interface RightChildren {
  /** The right child of an open dispute; the last known one, in doubt, while it cannot be told. Never throws. */
  of(state: DisputeState): Promise<OwnChild>
  /** Last known right children of disputes that are not forgotten. */
  known(): readonly RightChild[]
  /** Drops what is remembered of disputes that are decided or gone. */
  keepOnly(isWanted: (disputeId: Hash, parentId: Hash) => boolean): void
}

export function createRightChildren(children: OwnChildren): RightChildren {
  const remembered = new Map<Hash, RightChild>()

  /** What this node cannot tell about one parent is no reason to drop the others. */
  async function ask(state: DisputeState): Promise<OwnChild> {
    try {
      return await children.rightChild(state)
    } catch (error) {
      const isPassing = error instanceof CremaError && error.retryable
      const code = error instanceof CremaError ? error.code : 'UNEXPECTED'
      const details = { code, message: error instanceof Error ? error.message : String(error) }
      if (isPassing) return { isKnown: false, why: 'what it follows from cannot be read now', details }
      return { isKnown: false, why: 'this node fails over what it holds', needsPeople: true, details }
    }
  }

  return {
    of: async (state) => {
      const own = await ask(state)
      if (own.isKnown) {
        remembered.set(state.id, own)
        return own
      }
      const last = remembered.get(state.id)
      if (last === undefined || !isOfTarget(last, state)) return own
      const { isKnown: _, ...doubt } = own
      return { ...last, doubt }
    },
    known: () => [...remembered.values()],
    keepOnly: (isWanted) => {
      for (const [id, { parentId }] of remembered) if (!isWanted(id, parentId)) remembered.delete(id)
    },
  }
}

/** Whether L1 still has the input that the child was derived from. */
function isOfTarget({ targetCount, inboxRoot }: RightChild, { parent }: DisputeState): boolean {
  return targetCount === parent.targetCount && inboxRoot === parent.targetRoot
}
