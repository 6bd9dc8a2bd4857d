import { alert, type DecideContext, want } from './context.ts'
import { joinClosesAt } from './windows.ts'

/** Confirms the right child once it alone is alive, or reopens a parent none of whose children is. */
export function settleDispute(context: DecideContext): void {
  const { state, right, rightAssertion, now, isOpen } = context
  const { parent, contracts, aliveAssertions, lastEliminationAt } = state
  if (!isOpen || parent.firstRivalAt === 0n) return
  const isPaused = contracts.pausedUntil > now
  const isNext = contracts.latestConfirmed === state.parentId
  const settleFrom = (windowFrom: bigint): bigint => {
    const closesAt = windowFrom + contracts.challengePeriod
    return (closesAt > lastEliminationAt ? closesAt : lastEliminationAt) + contracts.gracePeriod
  }
  if (aliveAssertions === 0) {
    const from = settleFrom(parent.firstRivalAt)
    const evidence = { what: 'every commitment is eliminated', from }
    if (now >= from && isNext) want(context, { kind: 'reopen', parentId: state.parentId }, evidence)
    return
  }
  if (aliveAssertions > 1 || right === undefined || context.missing.includes(right.id)) return
  if (rightAssertion === undefined || rightAssertion.aliveCommitments === 0n) {
    const alive = state.assertions.filter(({ aliveCommitments }) => aliveCommitments > 0n).map(({ id }) => id)
    const canJoin = now < joinClosesAt(state, right.id) && context.rightCommitment === undefined
    alert(context, 'wrong-may-win', canJoin ? 'warning' : 'critical', state.parentId, { alive, right: right.id })
    return
  }
  const from = settleFrom(parent.firstChildId === right.id ? parent.firstChildAt : parent.firstRivalAt)
  if (now < from || isPaused || !isNext || context.doubt !== undefined) return
  const evidence = { what: 'the right child alone is alive', from, aliveCommitments: rightAssertion.aliveCommitments }
  want(context, { kind: 'settle', assertionId: right.id, end: rightAssertion.end }, evidence)
}
