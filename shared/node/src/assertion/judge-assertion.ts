import type { ChainStore } from '@crema/chain-store'
import { type BlockRef, type BlockState, type Hash, outputRoot, type RollupConfig, stateHash } from '@crema/protocol'
import { ownAssertionEnd, ownEndState } from './own-state.ts'

/** An assertion as L1 announces it, with what it must be judged against. */
export interface JudgedAssertion {
  readonly id: Hash
  readonly end: BlockState
  /** Leaves that its parent consumed. */
  readonly startCount: bigint
  /** Its parent's target, as L1 fixed it. */
  readonly targetCount: bigint
}

/** What this node thinks of an assertion, from its own execution alone. */
export type Verdict =
  | { readonly verdict: 'agree'; readonly own: BlockState }
  | {
      readonly verdict: 'disagree'
      readonly reason: 'wrong-end' | 'wrong-state'
      /** First block whose asserted state is known to differ. */
      readonly firstDifferingBlock: bigint
      readonly own: BlockState
      readonly asserted: BlockState
      readonly ownOutputRoot: Hash
      readonly assertedOutputRoot: Hash
    }
  /** The node has not executed, or L1 has not finalized, as far as the assertion goes. */
  | { readonly verdict: 'unknown'; readonly needs: bigint; readonly head: BlockRef }

/**
 * Judges one assertion whose parent this node agrees with. Only blocks up to `head` count as known: what L1 may still take back is
 * no ground to act on.
 */
export function judgeAssertion(
  store: ChainStore,
  config: RollupConfig,
  head: BlockRef,
  assertion: JudgedAssertion,
): Verdict {
  const { startCount, targetCount, end } = assertion
  const genesis = store.genesis().number
  const right = ownAssertionEnd(store, {
    startCount,
    targetCount,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
  })
  if (right === undefined || genesis + right.inboxCount > head.number) {
    return { verdict: 'unknown', needs: genesis + targetCount, head }
  }
  const own = ownEndState(store, startCount, right.inboxCount)
  if (own === undefined) return { verdict: 'unknown', needs: genesis + right.inboxCount, head }
  if (stateHash(own) === stateHash(end)) return { verdict: 'agree', own }
  const endsElsewhere = end.inboxCount !== own.inboxCount
  return {
    verdict: 'disagree',
    reason: endsElsewhere ? 'wrong-end' : 'wrong-state',
    firstDifferingBlock: end.number < own.number ? end.number : own.number,
    own,
    asserted: end,
    ownOutputRoot: outputRoot(own),
    assertedOutputRoot: outputRoot(end),
  }
}
