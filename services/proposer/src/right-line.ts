import { type AssertionChildren, assertionStatus, readAssertion, readChildren, readLatestConfirmed } from '@crema/l1'
import { ownEndState } from '@crema/node'
import { type Hash, stateHash } from '@crema/protocol'
import type { Line, LineEntry, RightLineReader } from './line.ts'
import { childId, ownChild } from './own-child.ts'
import type { ProposerDependencies, ProposerPorts } from './ports.ts'

/**
 * Walks from the latest confirmed assertion down the right children, by this node's own execution, whether they have rivals or not: what is built on a right
 * assertion stays when its rivals lose, and a stake below a wrong one is lost with it, however right it looks itself. What was found is kept while
 * its end stands on L1 over this node's own leaves, so that a look reads a handful of words.
 */
export function createRightLine(
  deps: Pick<ProposerPorts, 'node' | 'l1' | 'settings'> & Pick<ProposerDependencies, 'inboxRoots'>,
): RightLineReader {
  const { node, l1, settings, inboxRoots } = deps
  const { assertionChain } = node.config.l1Contracts
  let known: readonly LineEntry[] = []

  /** Whether the last entry is still there, and so all before it, over leaves that are still this node's. */
  async function stands({ id, target }: LineEntry): Promise<boolean> {
    if (target === undefined) return true
    const [{ status }, root] = await Promise.all([readAssertion(l1, assertionChain, id), inboxRoots.at(target.count)])
    return status !== assertionStatus.none && root === target.root
  }

  async function begin(id: Hash): Promise<LineEntry | Extract<Line, { ok: false }>> {
    const stored = await readAssertion(l1, assertionChain, id)
    if (stored.depth === 0) return { id, stored }
    const head = node.store.heads()[settings.head]
    const parent = await readAssertion(l1, assertionChain, stored.parentId)
    const isReached = node.store.genesis().number + stored.inboxCount <= head.number
    const own = isReached ? ownEndState(node.store, parent.inboxCount, stored.inboxCount) : undefined
    if (own === undefined) return { ok: false, why: 'this node has not executed up to the latest confirmed assertion' }
    return stateHash(own) === stored.stateHash
      ? { id, stored }
      : { ok: false, disagreesWith: id, number: stored.l2BlockNumber }
  }

  /** The right child of `parent` on L1; undefined when there is none and no other either. */
  async function next(
    parent: LineEntry,
    below: AssertionChildren,
  ): Promise<LineEntry | Extract<Line, { ok: false }> | undefined> {
    if (below.firstChildAt === 0n) return undefined
    const own = await ownChild(deps, parent, below)
    if (!own.ok) return own
    const id = childId(deps, parent.id, below, own.state, below.verifier)
    const stored = await readAssertion(l1, assertionChain, id)
    if (stored.status !== assertionStatus.none) {
      return { id, stored, target: { count: below.targetCount, root: below.targetRoot } }
    }
    const { l2BlockNumber } = await readAssertion(l1, assertionChain, below.firstChildId)
    return { ok: false, disagreesWith: below.firstChildId, number: l2BlockNumber }
  }

  /** What is still known from `confirmed` on; empty when it must be found anew. */
  async function kept(confirmed: Hash): Promise<LineEntry[]> {
    const entries = known.slice(known.findIndex(({ id }) => id === confirmed))
    if (entries[0]?.id !== confirmed || !(await stands(entries.at(-1)!))) return []
    if (entries.length === 1) return entries
    // All of them were lost, or refunded, when it was reopened.
    const { reopenEpoch } = await readChildren(l1, assertionChain, confirmed)
    return entries[1]!.stored.reopenEpoch === reopenEpoch ? entries : [entries[0]!]
  }

  return {
    async look() {
      const confirmed = await readLatestConfirmed(l1, assertionChain)
      const entries = await kept(confirmed)
      known = entries
      if (entries.length === 0) {
        const first = await begin(confirmed)
        if ('ok' in first) return first
        entries.push(first)
      }
      for (;;) {
        const tip = entries.at(-1)!
        const below = await readChildren(l1, assertionChain, tip.id)
        const child = await next(tip, below)
        if (child === undefined) return { ok: true, entries, tip, below }
        if ('ok' in child) return child
        entries.push(child)
      }
    },
    carries(owner, id) {
      const at = known.findIndex((entry) => entry.id === id)
      return at >= 0 && known.slice(at).some(({ stored }) => stored.proposer === owner)
    },
    bondsOf(owner) {
      // The first is confirmed.
      return new Set(known.slice(1).flatMap(({ stored }) => (stored.proposer === owner ? [stored.bondId] : [])))
    },
  }
}
