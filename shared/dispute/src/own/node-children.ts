import { assertionStatus, type L1Client, readAssertion, readChildren, type StoredAssertion } from '@crema/l1'
import { type OwnInboxRoots, ownAssertionEnd, ownEndState, type RollupNode, rulesHash } from '@crema/node'
import { assertionId, type BlockState, type Hash, stateHash } from '@crema/protocol'
import type { DisputeParent, OwnChild, OwnChildren, UnknownChild } from './own-child.ts'

export interface NodeChildrenOptions {
  readonly node: Pick<RollupNode, 'store' | 'config'>
  readonly l1: L1Client
  readonly inboxRoots: OwnInboxRoots
  /** Head up to which own blocks count as known. */
  readonly head: 'finalized' | 'safe'
}

/** A child as far as it can be wrong: its own end, or what this node cannot tell. */
type Judged = { readonly isRight: boolean } | UnknownChild

const unknown = (why: string, details?: Readonly<Record<string, unknown>>): UnknownChild =>
  details === undefined ? { isKnown: false, why } : { isKnown: false, why, details }

/**
 * Right children by a node's own execution. A parent is agreed with if this node has its end state; while it is pending, also only if it ends where it
 * must and its own parent is agreed with. What L1 confirmed is what its children are judged from, wherever it ends.
 */
export function createNodeChildren({ node, l1, inboxRoots, head }: NodeChildrenOptions): OwnChildren {
  const { store, config } = node
  const { assertionChain, stepVerifier } = config.l1Contracts
  const genesis = store.genesis().number
  const limits = { maxBlocks: config.maxBlocksPerAssertion, maxGas: config.maxGasPerAssertion }

  /** The one right end of the children; the target must be one of this node's leaves. */
  async function rightEnd(
    startCount: bigint,
    targetCount: bigint,
    targetRoot: Hash,
  ): Promise<BlockState | UnknownChild> {
    if (targetCount === 0n) return unknown('the target is not fixed')
    const ownRoot = await inboxRoots.at(targetCount)
    if (ownRoot === undefined) return unknown('not all leaves of the target are read', { targetCount })
    if (ownRoot !== targetRoot) {
      return unknown('the target is over leaves of another fork', { targetCount, targetRoot, ownRoot })
    }
    const right = ownAssertionEnd(store, { startCount, targetCount, ...limits })
    const known = store.heads()[head].number
    if (right === undefined || genesis + right.inboxCount > known) {
      return unknown(`not executed and ${head} up to the end`, { known, targetCount })
    }
    return ownEndState(store, startCount, right.inboxCount) ?? unknown('the end is not executed')
  }

  /** Judges an assertion, and while it is pending those that it stands on. */
  async function judge(id: Hash): Promise<Judged> {
    let stored = await readAssertion(l1, assertionChain, id)
    for (let at = id; ; at = stored.parentId, stored = await readAssertion(l1, assertionChain, at)) {
      if (stored.status === assertionStatus.none) return unknown('L1 does not know an assertion', { id: at })
      if (BigInt(stored.parentId) === 0n) return { isRight: stored.stateHash === stateHash(config.genesisState) }
      const parent = await readAssertion(l1, assertionChain, stored.parentId)
      const own = ownEndState(store, parent.inboxCount, stored.inboxCount)
      if (own === undefined || own.number > store.heads()[head].number) {
        return unknown('the parent is not executed', { id: at, inboxCount: stored.inboxCount })
      }
      if (stateHash(own) !== stored.stateHash) return { isRight: false }
      if (stored.status === assertionStatus.confirmed) return { isRight: true }
      const ends = await endsRightly(stored, parent.inboxCount)
      if (!('isRight' in ends) || !ends.isRight) return ends
    }
  }

  async function endsRightly({ parentId, inboxCount }: StoredAssertion, startCount: bigint): Promise<Judged> {
    const { targetCount, targetRoot } = await readChildren(l1, assertionChain, parentId)
    const end = await rightEnd(startCount, targetCount, targetRoot)
    return 'isKnown' in end ? end : { isRight: end.inboxCount === inboxCount }
  }

  async function rightChild({ parentId, parent, reopenEpoch }: DisputeParent): Promise<OwnChild> {
    const isPinned = BigInt(parent.verifier) !== 0n
    if (isPinned && parent.verifier.toLowerCase() !== stepVerifier.toLowerCase()) {
      return unknown('another step verifier is pinned', { pinned: parent.verifier, known: stepVerifier })
    }
    const judged = await judge(parentId)
    if (!('isRight' in judged)) return judged
    if (!judged.isRight) return unknown('the parent is wrong', { parentId })
    const { inboxCount, targetCount, targetRoot } = parent
    const end = await rightEnd(inboxCount, targetCount, targetRoot)
    if ('isKnown' in end) return end
    const identity = { parentId, reopenEpoch, targetCount, inboxRoot: targetRoot, configHash: rulesHash(config) }
    return {
      isKnown: true,
      id: assertionId({ ...identity, endStateHash: stateHash(end) }),
      parentId,
      end,
      startInboxCount: inboxCount,
      targetCount,
      inboxRoot: targetRoot,
    }
  }

  return { rightChild }
}
