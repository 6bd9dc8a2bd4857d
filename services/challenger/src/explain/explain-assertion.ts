import type { Decision, OwnChild, OwnTrace } from '@crema/dispute'
import { describeDecision } from '@crema/dispute'
import type { DisputeEvent, DisputeState } from '@crema/l1'
import type { ProvableBlocks } from '@crema/node'
import { bytesToHex, CremaError, type Hash, outputRoot, type StateReader, stateHash } from '@crema/protocol'
import { type DuelExplanation, explainDuel } from './explain-duel.ts'

/** What an explanation is made from: L1 at one block, and what this node has. */
export interface AssertionEvidence {
  readonly id: Hash
  readonly state: DisputeState
  readonly own: OwnChild
  readonly decision: Decision
  readonly movesOf: (duelId: Hash) => readonly DisputeEvent[]
  /** L1 transaction that proposed an assertion. */
  readonly proposedIn: (id: Hash) => Hash | undefined
  /** Undefined while they are not at hand. */
  readonly trace: OwnTrace | undefined
  readonly blocks: ProvableBlocks | undefined
  readonly store: StateReader
}

export type Explanation = Readonly<Record<string, unknown>>

/** The decision about an assertion with the chain of evidence that it stands on, from its input down to the step that decides. */
export function explainAssertion(evidence: AssertionEvidence): Explanation {
  const { id, state, own, decision } = evidence
  const asserted = state.assertions.find((assertion) => assertion.id === id)
  const { parent } = state
  const doubt = own.isKnown ? own.doubt : own
  return {
    id,
    verdict: own.isKnown && doubt === undefined ? (own.id === id ? 'agree' : 'disagree') : 'unknown',
    why: doubt && { why: doubt.why, ...doubt.details },
    l1Block: state.block,
    assertion: asserted && {
      ...{ proposer: asserted.proposer, fate: asserted.fate, isFirst: asserted.isFirst, bondId: asserted.bondId },
      l1TransactionHash: evidence.proposedIn(id),
      aliveCommitments: asserted.aliveCommitments,
    },
    input: {
      parentId: state.parentId,
      startInboxCount: parent.inboxCount,
      targetCount: parent.targetCount,
      inboxRoot: parent.targetRoot,
      verifier: parent.verifier,
    },
    asserted: asserted && describeEnd(asserted.end),
    own: own.isKnown ? { id: own.id, ...describeEnd(own.end) } : undefined,
    trace: evidence.trace && {
      root: bytesToHex(evidence.trace.root),
      blocks: evidence.trace.blocks,
      commitment: decision.rightCommitment,
    },
    rivals: state.assertions.filter((assertion) => assertion.id !== id).map((assertion) => assertion.id),
    duels: duelsOf(evidence),
    decision: describeDecision(decision),
  }
}

const describeEnd = (end: Parameters<typeof stateHash>[0]) => ({
  number: end.number,
  blockHash: end.blockHash,
  stateRoot: end.stateRoot,
  withdrawalsRoot: end.withdrawalsRoot,
  stateHash: stateHash(end),
  outputRoot: outputRoot(end),
})

/** Duels between the right commitment and those of the assertion; all of the right commitment's when the assertion is the right one. */
function duelsOf({ id, state, own, decision, movesOf, trace, blocks, store }: AssertionEvidence) {
  const commitments = new Map(state.commitments.map((commitment) => [commitment.id, commitment]))
  const ours = decision.rightCommitment === undefined ? undefined : commitments.get(decision.rightCommitment)
  if (ours === undefined || trace === undefined || blocks === undefined) return []
  const isOwn = own.isKnown && own.id === id
  return state.duels.flatMap((duel): (DuelExplanation | Explanation)[] => {
    if (duel.older !== ours.id && duel.newer !== ours.id) return []
    const theirs = commitments.get(duel.older === ours.id ? duel.newer : duel.older)
    if (theirs === undefined || (!isOwn && theirs.assertionId !== id)) return []
    try {
      const now = state.block.timestamp
      return [explainDuel({ duel, ours, theirs, events: movesOf(duel.id), trace, blocks, state: store, now })]
    } catch (error) {
      if (!(error instanceof CremaError)) throw error
      return [{ duelId: duel.id, error: { code: error.code, message: error.message, ...error.details } }]
    }
  })
}
