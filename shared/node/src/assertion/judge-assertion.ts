import type { ChainStore } from '@crema/chain-store'
import {
  type Address,
  assertionId,
  type BlockRef,
  type BlockState,
  type Hash,
  outputRoot,
  type RollupConfig,
  stateHash,
} from '@crema/protocol'
import { ownAssertionEnd, ownEndState } from './own-state.ts'
import { rulesHash } from './rules-hash.ts'

/** An assertion as L1 announces it, with what it must be judged against. The id commits to all of it. */
export interface JudgedAssertion {
  readonly id: Hash
  readonly parentId: Hash
  readonly end: BlockState
  /** Times its parent's children had been reopened when it was made. */
  readonly reopenEpoch: number
  /** Leaves that its parent consumed. */
  readonly startCount: bigint
  /** Its parent's target, as L1 fixed it. */
  readonly targetCount: bigint
  /** Root of the Inbox over the target's leaves. */
  readonly targetRoot: Hash
  /** Step verifier that its parent pinned. What is right does not depend on it. */
  readonly verifier: Address
}

/** Why an assertion cannot be judged. */
export type UnknownReason =
  /** The id is not that of what was read: the answers come from different forks of L1, or from another rollup. */
  | 'inconsistent'
  /** This node has not read all leaves of the target, or has not executed and seen final as far as the assertion goes. */
  | 'behind'
  /** The target is over other leaves than this node's: it follows another fork. */
  | 'other-fork'

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
  | { readonly verdict: 'unknown'; readonly why: UnknownReason; readonly needs: bigint; readonly head: BlockRef }

/** Whether an assertion's id is that of its parts under the rollup's rules. */
export function isConsistent(config: RollupConfig, assertion: JudgedAssertion): boolean {
  const { id, parentId, reopenEpoch, end, targetCount, targetRoot, verifier } = assertion
  const endStateHash = stateHash(end)
  return (
    id ===
    assertionId({
      parentId,
      reopenEpoch,
      endStateHash,
      targetCount,
      inboxRoot: targetRoot,
      configHash: rulesHash(config, verifier),
    })
  )
}

/**
 * Judges one assertion whose parent this node agrees with. Only blocks up to `head` count as known: what L1 may still take back is
 * no ground to act on. `ownInboxRoot` is the root over the node's own leaves up to the target, undefined while it has not read them:
 * only an assertion over the same input can be compared.
 */
export function judgeAssertion(
  store: ChainStore,
  config: RollupConfig,
  head: BlockRef,
  assertion: JudgedAssertion,
  ownInboxRoot: Hash | undefined,
): Verdict {
  const { startCount, targetCount, end } = assertion
  const genesis = store.genesis().number
  const unknown = (why: UnknownReason, count = targetCount): Verdict => {
    return { verdict: 'unknown', why, needs: genesis + count, head }
  }
  if (!isConsistent(config, assertion)) return unknown('inconsistent')
  if (ownInboxRoot === undefined) return unknown('behind')
  if (ownInboxRoot !== assertion.targetRoot) return unknown('other-fork')
  const right = ownAssertionEnd(store, {
    startCount,
    targetCount,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
  })
  if (right === undefined || genesis + right.inboxCount > head.number) return unknown('behind')
  const own = ownEndState(store, startCount, right.inboxCount)
  if (own === undefined) return unknown('behind', right.inboxCount)
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
