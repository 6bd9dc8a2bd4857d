import type { Decision, DisputeAgent } from '@crema/dispute'
import type { DisputeState } from '@crema/l1'

/**
 * Commitments alive against the right child of a dispute: each of them can make it play a whole duel. All of them while the right child is unknown; none below a
 * wrong assertion, where nothing is staked, unless the right commitment stands there and is played.
 */
export function opponentsIn(
  { assertions, commitments, parent, reopenEpoch }: DisputeState,
  { rightId, rightCommitment, isBelowWrong }: Pick<Decision, 'rightId' | 'rightCommitment' | 'isBelowWrong'>,
): number {
  const isOpen = reopenEpoch === parent.currentEpoch && assertions.every(({ fate }) => fate === 'pending')
  const isPlayed = !isBelowWrong || commitments.some(({ id }) => id === rightCommitment)
  if (!isOpen || !isPlayed) return 0
  return commitments.filter(({ status, assertionId }) => status === 'alive' && assertionId !== rightId).length
}

/** Opponents in all disputes that an agent knows of. */
export function aliveOpponents(agent: Pick<DisputeAgent, 'states' | 'explain'>): number {
  return agent.states().reduce((sum, { assertions }) => {
    const dispute = assertions[0] && agent.explain(assertions[0].id)
    return dispute === undefined ? sum : sum + opponentsIn(dispute.state, dispute.decision)
  }, 0)
}
