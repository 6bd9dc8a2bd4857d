import type { Decision, OwnChild, OwnTrace } from '@crema/dispute'
import { describeDecision } from '@crema/dispute'
import { commitmentId, type DisputeCommitment, type DisputeEvent, type DisputeState } from '@crema/l1'
import type { ProvableBlocks } from '@crema/node'
import { bytesToHex, CremaError, type Hash, outputRoot, type StateReader, stateHash } from '@crema/protocol'
import { type DuelExplanation, explainDuel } from './explain-duel.ts'
import { type ToldDuel, tellDuel } from './told-duel.ts'

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

/** Duels between the right commitment and those of the assertion; all of the right commitment's when the assertion is the right one. Without a trace to compare with, as after the end, what L1 tells of the assertion's duels. */
function duelsOf(evidence: AssertionEvidence) {
  const { id, state, own, movesOf, trace, blocks, store } = evidence
  const commitments = new Map(state.commitments.map((commitment) => [commitment.id, commitment]))
  const ours = own.isKnown && trace ? commitments.get(commitmentId(own.id, bytesToHex(trace.root))) : undefined
  if (ours === undefined || trace === undefined || blocks === undefined) return toldDuelsOf(evidence, commitments)
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

function toldDuelsOf(
  { id, state, movesOf }: AssertionEvidence,
  commitments: ReadonlyMap<Hash, DisputeCommitment>,
): readonly ToldDuel[] {
  return state.duels.flatMap((duel) => {
    const [older, newer] = [commitments.get(duel.older), commitments.get(duel.newer)]
    if (older === undefined || newer === undefined) return []
    if (older.assertionId !== id && newer.assertionId !== id) return []
    return [tellDuel(duel, { older, newer }, movesOf(duel.id), state.block.timestamp)]
  })
}
