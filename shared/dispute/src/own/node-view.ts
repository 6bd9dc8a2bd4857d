import {
  type AssertionMachine,
  createAssertionMachine,
  createDisputeInputs,
  EvidenceError,
  type ProvableBlocks,
  type RollupNode,
  rulesHash,
} from '@crema/node'
import { assertionId, type Hash, stateHash } from '@crema/protocol'
import type { DisputeParent, OwnChild, OwnChildren, RightChild } from './own-child.ts'

export interface NodeViewOptions {
  readonly node: Pick<RollupNode, 'store' | 'config'>
  /** Head that a child must lie behind before anything is staked on it. */
  readonly head: 'finalized' | 'safe'
}

/** What an own node knows of assertions: their right children, and these on the step machine. */
export interface NodeView extends OwnChildren {
  /** Undefined while the node does not hold all of it. Throws what is not a matter of waiting. */
  machineOf(child: RightChild): Promise<AssertionMachine | undefined>
}

/**
 * Tells right children from the node's own execution of leaves that it read from L1 itself. Unknown, with the reason: a parent that this node does not agree with, a target over
 * other leaves than its own, and what it has not executed. In doubt: whatever lies beyond the head. The ids stand on the step verifier that the parent pinned, whether or not it decides right.
 */
export function createNodeView({ node, head }: NodeViewOptions): NodeView {
  const { store, config } = node
  const inputs = createDisputeInputs(store, config)

  async function open(terms: Parameters<typeof inputs.open>[0]): Promise<ProvableBlocks | EvidenceError> {
    try {
      return await inputs.open(terms)
    } catch (error) {
      if (error instanceof EvidenceError) return error
      throw error
    }
  }

  function identify({ parentId, parent, reopenEpoch }: DisputeParent, blocks: ProvableBlocks): Hash {
    const rules = rulesHash(config, parent.verifier)
    const { targetCount, inboxRoot } = blocks.terms
    const endStateHash = stateHash(blocks.end)
    return assertionId({ parentId, reopenEpoch, endStateHash, targetCount, inboxRoot, configHash: rules })
  }

  return {
    async rightChild(of): Promise<OwnChild> {
      const { parent, parentId } = of
      if (parent.fate !== 'confirmed' && parent.fate !== 'pending') return unknown(`the parent is ${parent.fate}`)
      if (parent.firstChildAt === 0n) return unknown('the parent has no child')
      const terms = {
        ...{ startHash: parent.startHash, startInboxCount: parent.inboxCount, targetCount: parent.targetCount },
        inboxRoot: parent.targetRoot,
      }
      const blocks = await open(terms)
      if (blocks instanceof EvidenceError) {
        const { code, message, details } = blocks
        const isBelowWrong = code === 'OTHER_PARENT' ? ({ isBelowWrong: true } as const) : {}
        return { ...unknown(message, { code, ...details }), ...isBelowWrong }
      }
      const child = { isKnown: true, id: identify(of, blocks), parentId, end: blocks.end, ...terms } as const
      const [needs, known] = [blocks.end.number, store.heads()[head].number]
      if (needs <= known) return child
      const why = `the ${head} head has not reached the assertion's end`
      return { ...child, doubt: { why, details: { needs, head: known } } }
    },
    async machineOf({ startHash, startInboxCount, targetCount, inboxRoot }) {
      const blocks = await open({ startHash, startInboxCount, targetCount, inboxRoot })
      if (!(blocks instanceof EvidenceError)) return createAssertionMachine(store, blocks)
      if (blocks.retryable) return undefined
      throw blocks
    },
  }
}

function unknown(why: string, details: Readonly<Record<string, unknown>> = {}): OwnChild {
  return { isKnown: false, why, details }
}
