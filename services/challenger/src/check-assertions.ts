import { type L1Client, type ProposedAssertion, readAssertion, readChildren } from '@crema/l1'
import { judgeAssertion, type RollupNode, type Verdict } from '@crema/node'
import { type Hash, type RollupConfig, stateHash } from '@crema/protocol'

/** What the challenger thinks of an assertion, with the evidence. */
export type Judgement =
  | { readonly assertion: ProposedAssertion; readonly verdict: Verdict }
  /** Builds on an assertion that this node found wrong: whatever it says, it can never be confirmed. */
  | {
      readonly assertion: ProposedAssertion
      readonly verdict: { readonly verdict: 'orphan'; readonly wrongAncestor: Hash }
    }

export interface CheckDependencies {
  readonly node: Pick<RollupNode, 'store' | 'config'>
  readonly l1: L1Client
  readonly head: 'finalized' | 'safe'
}

/** Start of an assertion and its parent's target, by parent. Never changes once fixed. */
interface Parent {
  readonly startCount: bigint
  readonly targetCount: bigint
}

/**
 * Judges assertions in order, parents first, and keeps the judgements in `known`. Throws `L1Error`.
 */
export async function checkAssertions(
  deps: CheckDependencies,
  assertions: readonly ProposedAssertion[],
  known: Map<Hash, Judgement>,
): Promise<void> {
  const { node, l1, head } = deps
  const { assertionChain } = node.config.l1Contracts
  const listed = new Set(assertions.map(({ id }) => id))
  for (const id of known.keys()) if (!listed.has(id)) known.delete(id)
  for (const assertion of assertions) {
    const before = known.get(assertion.id)
    if (before !== undefined && stillHolds(node.store, before)) continue
    const above = known.get(assertion.parentId)?.verdict
    if (above?.verdict === 'disagree' || above?.verdict === 'orphan') {
      const wrongAncestor = above.verdict === 'orphan' ? above.wrongAncestor : assertion.parentId
      known.set(assertion.id, { assertion, verdict: { verdict: 'orphan', wrongAncestor } })
      continue
    }
    const parent = await readParent(l1, assertionChain, assertion.parentId)
    const verdict = judgeAssertion(node.store, node.config, node.store.heads()[head], { ...assertion, ...parent })
    known.set(assertion.id, { assertion, verdict })
  }
}

/** A judgement holds while this node still has the block that it rests on; the others are made again. */
function stillHolds(store: RollupNode['store'], { verdict }: Judgement): boolean {
  if (verdict.verdict !== 'agree' && verdict.verdict !== 'disagree') return false
  return store.headerByNumber(verdict.own.number)?.hash === verdict.own.blockHash
}

async function readParent(
  l1: L1Client,
  assertionChain: RollupConfig['l1Contracts']['assertionChain'],
  id: Hash,
): Promise<Parent> {
  const [stored, children] = await Promise.all([
    readAssertion(l1, assertionChain, id),
    readChildren(l1, assertionChain, id),
  ])
  return { startCount: stored.inboxCount, targetCount: children.targetCount }
}

/** A judgement as one flat record, for logs, /status and people. */
export function describe({ assertion, verdict }: Judgement): Readonly<Record<string, unknown>> {
  const base = {
    id: assertion.id,
    parentId: assertion.parentId,
    proposer: assertion.proposer,
    rival: assertion.traceRoot !== undefined,
    number: assertion.end.number,
    assertedStateHash: stateHash(assertion.end),
    l1BlockNumber: assertion.l1BlockNumber,
    l1TransactionHash: assertion.l1TransactionHash,
    verdict: verdict.verdict,
  }
  switch (verdict.verdict) {
    case 'agree':
      return base
    case 'unknown':
      return { ...base, needs: verdict.needs, head: verdict.head.number }
    case 'orphan':
      return { ...base, wrongAncestor: verdict.wrongAncestor }
    case 'disagree':
      return {
        ...base,
        reason: verdict.reason,
        firstDifferingBlock: verdict.firstDifferingBlock,
        ownStateHash: stateHash(verdict.own),
        ownStateRoot: verdict.own.stateRoot,
        assertedStateRoot: verdict.asserted.stateRoot,
        ownBlockHash: verdict.own.blockHash,
        assertedBlockHash: verdict.asserted.blockHash,
        ownOutputRoot: verdict.ownOutputRoot,
        assertedOutputRoot: verdict.assertedOutputRoot,
      }
  }
}
