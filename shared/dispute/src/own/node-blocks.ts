import { createDisputeInputs, EvidenceError, type RollupNode } from '@crema/node'
import { stateHash } from '@crema/protocol'
import type { AssertionBlocks, OwnTracesOptions } from './create-own-traces.ts'
import type { RightChild } from './own-child.ts'

/** The blocks of right children from a node's store, for `createOwnTraces`. */
export function createNodeBlocks({
  store,
  config,
}: Pick<RollupNode, 'store' | 'config'>): OwnTracesOptions['blocksOf'] {
  const inputs = createDisputeInputs(store, config)
  return async (child: RightChild): Promise<AssertionBlocks | undefined> => {
    const { startInboxCount, targetCount, inboxRoot } = child
    try {
      const { count, end, block, weight } = await inputs.open({ startInboxCount, targetCount, inboxRoot })
      if (stateHash(end) !== stateHash(child.end)) return undefined
      return { state: store, inboxRoot, blocks: count, block, weight }
    } catch (error) {
      // The node may still come to have it.
      if (error instanceof EvidenceError && error.retryable) return undefined
      throw error
    }
  }
}
