import type { ProposedAssertion } from '@crema/l1'
import type { JudgedAssertion, Verdict } from '@crema/node'
import { type Hash, stateHash } from '@crema/protocol'

/** What a judgement was made against. */
export interface JudgementBasis {
  /** Parts that the id commits to; they cannot change while the id stands. */
  readonly facts: JudgedAssertion
  /** L1 block of the target's last leaf, as this node read it; undefined while it has not. It commits to every leaf before it. */
  readonly targetBlockHash: Hash | undefined
}

/** What the challenger thinks of an assertion, with the evidence. */
export type Judgement =
  | {
      readonly assertion: ProposedAssertion
      readonly verdict: Verdict
      /** Undefined while what L1 answers does not fit the id. */
      readonly basis: JudgementBasis | undefined
    }
  /** Builds on an assertion that this node found wrong: whatever it says, it can never be confirmed. */
  | {
      readonly assertion: ProposedAssertion
      readonly verdict: { readonly verdict: 'orphan'; readonly wrongAncestor: Hash }
      readonly basis: undefined
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
      return { ...base, why: verdict.why, needs: verdict.needs, head: verdict.head.number }
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
