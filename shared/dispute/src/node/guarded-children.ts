import {
  assertionStatus,
  createKnownVerifiers,
  type L1Client,
  readAssertion,
  readChildren,
  readL1Block,
  type StoredAssertion,
  verifierOfChild,
} from '@crema/l1'
import { type OwnInboxRoots, ownAssertionEnd, ownEndState, type RollupNode, rulesHash } from '@crema/node'
import { assertionId, type BlockState, type Hash, stateHash } from '@crema/protocol'
import type { DisputeParent, Doubt, OwnChild, OwnChildren } from '../own/own-child.ts'

export interface GuardedChildrenOptions {
  /** What the node says. */
  readonly children: OwnChildren
  readonly node: Pick<RollupNode, 'store' | 'config' | 'status'>
  readonly l1: L1Client
  readonly inboxRoots: OwnInboxRoots
  /** Head up to which own states count as known. */
  readonly head: 'finalized' | 'safe'
  /** Further L1 endpoints that must know the L1 block of the target's last leaf before anything is staked, by name. */
  readonly witnesses?: readonly { readonly name: string; readonly client: L1Client }[]
}

interface Facts {
  readonly stored: StoredAssertion
  /** Leaves consumed where it began, and the target it was made for; undefined for genesis. */
  readonly begin:
    | { readonly parentId: Hash; readonly startCount: bigint; readonly targetCount: bigint; readonly targetRoot: Hash }
    | undefined
}

/** Agreements remembered at most: many times the assertions that are pending at once. */
const REMEMBERED = 4_096

/** What an agreement stands on. */
interface Agreement {
  readonly targetCount: bigint
  readonly targetRoot: Hash
  readonly end: BlockState
}

/**
 * Right children with a guard before anything is staked on them. Unknown, and why, where a step verifier decides that is unknown to this version, and while the node
 * follows another fork. In doubt, so that nothing is staked, while the node catches up; where the parent, or one before it that is not confirmed, is wrong: it would
 * take the stake with it; and while one of the witnesses does not have the L1 block that the input ends in.
 */
export function createGuardedChildren(options: GuardedChildrenOptions): OwnChildren {
  const { children, node, l1, inboxRoots, head, witnesses = [] } = options
  const { store, config } = node
  const { assertionChain, stepVerifier } = config.l1Contracts
  const verifiers = createKnownVerifiers(l1, config)
  const genesis = store.genesis().number
  const limits = { maxBlocks: config.maxBlocksPerAssertion, maxGas: config.maxGasPerAssertion }

  /** What the id of a parent commits to. Throws `L1Error`. */
  async function factsOf(id: Hash): Promise<Facts | Doubt> {
    const stored = await readAssertion(l1, assertionChain, id)
    if (stored.depth === 0) return { stored, begin: undefined }
    const { parentId, reopenEpoch } = stored
    const [above, siblings] = await Promise.all([
      readAssertion(l1, assertionChain, parentId),
      readChildren(l1, assertionChain, parentId),
    ])
    const { targetCount, targetRoot } = siblings
    const rules = rulesHash(config, verifierOfChild(stored, siblings, stepVerifier))
    const own = assertionId({
      ...{ parentId, reopenEpoch, endStateHash: stored.stateHash, targetCount },
      ...{ inboxRoot: targetRoot, configHash: rules },
    })
    if (own !== id) return doubtful('what L1 answers does not belong to the assertion', { id, own })
    const root = await inboxRoots.at(targetCount)
    if (root === undefined) return doubtful('this node has not read the Inbox up to the target', { id, targetCount })
    if (root !== targetRoot)
      return doubtful('this node follows another fork of L1', { id, targetCount, own: root, targetRoot })
    return { stored, begin: { parentId, startCount: above.inboxCount, targetCount, targetRoot } }
  }

  /** Assertions that this node agreed with, and with all before them, while it had this root of the Inbox up to their target and these blocks up to their end. */
  const agreed = new Map<Hash, Agreement>()

  /** The Inbox's root commits to all input before it, so that nothing before the assertion can have changed either. */
  async function isStillAgreed(id: Hash): Promise<boolean> {
    const known = agreed.get(id)
    if (known === undefined) return false
    const { targetCount, targetRoot, end } = known
    const isSame =
      end.number <= store.heads()[head].number &&
      store.headerByNumber(end.number)?.hash === end.blockHash &&
      (await inboxRoots.at(targetCount)) === targetRoot
    if (!isSame) agreed.delete(id)
    return isSame
  }

  /** Why this node does not build on a parent; undefined when it agrees with the parent and, up to a confirmed one, with all before it. */
  async function disagreement(id: Hash): Promise<Doubt | undefined> {
    const walked = new Map<Hash, Agreement>()
    for (let at = id; !(await isStillAgreed(at)); ) {
      const facts = await factsOf(at)
      if ('why' in facts) return facts
      const { stored, begin } = facts
      const own = begin === undefined ? config.genesisState : rightEnd(begin.startCount, begin.targetCount)
      if (own === undefined) return doubtful('this node has not executed up to the parent', { id: at })
      if (stateHash(own) !== stored.stateHash) {
        const details = { id: at, own: stateHash(own), asserted: stored.stateHash }
        return { ...doubtful('this node disagrees with the parent', details), isBelowWrong: true }
      }
      if (begin === undefined) break
      walked.set(at, { ...begin, end: own })
      if (stored.status === assertionStatus.confirmed) break
      at = begin.parentId
    }
    for (const [at, facts] of walked) agreed.set(at, facts)
    for (const oldest of agreed.keys()) {
      if (agreed.size <= REMEMBERED) break
      agreed.delete(oldest)
    }
    return undefined
  }

  function rightEnd(startCount: bigint, targetCount: bigint): BlockState | undefined {
    const end = ownAssertionEnd(store, { startCount, targetCount, ...limits })
    if (end === undefined || genesis + end.inboxCount > store.heads()[head].number) return undefined
    return ownEndState(store, startCount, end.inboxCount)
  }

  /** The first witness that does not confirm the L1 block that the target stands on. */
  async function contradiction(targetCount: bigint): Promise<Doubt | undefined> {
    const leaf = store.leaf(targetCount - 1n)
    for (const { name, client } of witnesses) {
      try {
        const seen = leaf && (await readL1Block(client, { number: leaf.l1BlockNumber }))
        if (seen?.hash === leaf?.l1BlockHash) continue
        const details = { source: name, block: leaf?.l1BlockNumber, own: leaf?.l1BlockHash, seen: seen?.hash }
        if (seen === undefined)
          return doubtful('a source lags: it does not have the L1 block that the input ends in', details)
        return doubtful('a source disagrees about L1', details)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        return doubtful('a source does not answer', { source: name, message })
      }
    }
    return undefined
  }

  return {
    async rightChild(parent: DisputeParent): Promise<OwnChild> {
      const { parentId, parent: stored } = parent
      const root = await inboxRoots.at(stored.targetCount)
      if (root !== undefined && root !== stored.targetRoot) {
        const details = { targetCount: stored.targetCount, own: root, targetRoot: stored.targetRoot }
        return {
          isKnown: false,
          ...doubtful('this node follows another fork of L1 than the target stands on', details),
        }
      }
      const child = await children.rightChild(parent)
      if (!child.isKnown) return child
      if (!(await verifiers.isKnown(stored.verifier))) {
        const details = { pinned: stored.verifier.toLowerCase(), deployed: stepVerifier }
        const why = 'the parent pins a step verifier that this version does not know'
        return { isKnown: false, ...doubtful(why, details), needsPeople: true }
      }
      if (node.status().mode === 'syncing') return { ...child, doubt: doubtful('this node catches up with L1') }
      const doubt = (await disagreement(parentId)) ?? child.doubt ?? (await contradiction(child.targetCount))
      return doubt === undefined ? child : { ...child, doubt }
    },
  }
}

function doubtful(why: string, details?: Readonly<Record<string, unknown>>): Doubt {
  return { why, ...(details === undefined ? {} : { details }) }
}
