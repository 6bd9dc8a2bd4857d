import type { L1Client, ProposedAssertion } from '@crema/l1'
import { isConsistent, type JudgedAssertion, judgeAssertion, type OwnInboxRoots, type RollupNode } from '@crema/node'
import type { Hash } from '@crema/protocol'
import type { Judgement } from './judgement.ts'
import { readFacts } from './read-facts.ts'

export interface CheckDependencies {
  readonly node: Pick<RollupNode, 'store' | 'config'>
  readonly l1: L1Client
  readonly inboxRoots: OwnInboxRoots
  readonly head: 'finalized' | 'safe'
}

/**
 * Judges assertions in order, parents first, and keeps the judgements in `known`. A parent that is not listed is one that this node
 * agreed with, or genesis. Throws `L1Error`.
 */
export async function checkAssertions(
  deps: CheckDependencies,
  assertions: readonly ProposedAssertion[],
  known: Map<Hash, Judgement>,
): Promise<void> {
  const listed = new Set(assertions.map(({ id }) => id))
  for (const id of known.keys()) if (!listed.has(id)) known.delete(id)
  for (const assertion of assertions) {
    const before = known.get(assertion.id)
    if (before !== undefined && stillHolds(deps.node.store, before)) continue
    const above = known.get(assertion.parentId)?.verdict
    if (above?.verdict === 'disagree' || above?.verdict === 'orphan') {
      const wrongAncestor = above.verdict === 'orphan' ? above.wrongAncestor : assertion.parentId
      known.set(assertion.id, { assertion, verdict: { verdict: 'orphan', wrongAncestor }, basis: undefined })
      continue
    }
    known.set(assertion.id, await judge(deps, assertion, before?.basis?.facts))
  }
}

async function judge(
  { node, l1, inboxRoots, head }: CheckDependencies,
  assertion: ProposedAssertion,
  remembered: JudgedAssertion | undefined,
): Promise<Judgement> {
  const { store, config } = node
  const facts = remembered ?? (await readFacts(l1, config.l1Contracts, assertion))
  const consistent = isConsistent(config, facts)
  const ownRoot = consistent ? await inboxRoots.at(facts.targetCount) : undefined
  const targetBlockHash = ownRoot === undefined ? undefined : store.leaf(facts.targetCount - 1n)?.l1BlockHash
  const verdict = judgeAssertion(store, config, store.heads()[head], facts, ownRoot)
  return { assertion, verdict, basis: consistent ? { facts, targetBlockHash } : undefined }
}

/** A judgement holds while this node still has the block and the leaves that it rests on; the others are made again. */
function stillHolds(store: RollupNode['store'], { verdict, basis }: Judgement): boolean {
  if ((verdict.verdict !== 'agree' && verdict.verdict !== 'disagree') || basis === undefined) return false
  if (store.leaf(basis.facts.targetCount - 1n)?.l1BlockHash !== basis.targetBlockHash) return false
  return store.headerByNumber(verdict.own.number)?.hash === verdict.own.blockHash
}
