import { createDisputeInputs, EvidenceError, ownEndState, type ProvableBlocks, type RollupNode } from '@crema/node'
import { blockStatus, stateHash } from '@crema/protocol'
import type { AssertionBlocks } from '../own/create-own-traces.ts'
import type { RightChild } from '../own/own-child.ts'

/** Blocks of right children from a node's own store. */
export interface NodeBlocks {
  /** What the trace is made of; undefined while the node lacks some of it. Throws `EvidenceError` for what time does not mend. */
  blocksOf(child: RightChild): Promise<AssertionBlocks | undefined>
  /** The blocks with their proofs, for showing them. Throws `EvidenceError`. */
  open(child: RightChild): Promise<ProvableBlocks>
}

/** Creates the blocks of a node. `onMissing` is told what is not at hand. */
export function createNodeBlocks(
  { store, config }: Pick<RollupNode, 'store' | 'config'>,
  onMissing: (error: EvidenceError) => void = () => {},
): NodeBlocks {
  const inputs = createDisputeInputs(store, config)

  function open({ startInboxCount, targetCount, inboxRoot }: RightChild): Promise<ProvableBlocks> {
    const end = ownEndState(store, startInboxCount, startInboxCount)
    if (end === undefined) {
      const details = { index: startInboxCount }
      throw new EvidenceError('MISSING_BLOCK', 'the block that the assertion begins after is not executed', {
        details,
        retryable: true,
      })
    }
    const start = { ...end, gasSinceAssertionStart: 0n, status: blockStatus.blockEnd }
    return inputs.open({ startHash: stateHash(start), startInboxCount, targetCount, inboxRoot })
  }

  return {
    open: async (child) => open(child),
    blocksOf: async (child) => {
      try {
        const { terms, count, block, weight } = await open(child)
        return { state: store, inboxRoot: terms.inboxRoot, blocks: count, block, weight }
      } catch (error) {
        if (!(error instanceof EvidenceError && error.retryable)) throw error
        onMissing(error)
        return undefined
      }
    },
  }
}
