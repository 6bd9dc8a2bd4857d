import type { DisputeCall, OwnBond } from '@crema/l1'
import { bytesToHex, type Hash } from '@crema/protocol'
import { noHash } from '../duel/hex.ts'
import { endProof } from '../duel/open-leaf.ts'
import { alert, type DecideContext, leadsTo, want } from './context.ts'
import { joinClosesAt } from './windows.ts'

/** Wants the right child on L1, and a commitment to its trace, while their windows are open. */
export function joinDispute(context: DecideContext): void {
  const { right, rightAssertion, state } = context
  if (right === undefined || state.parent.firstChildAt === 0n) return
  if (context.trace !== undefined && !leadsTo(context.trace, right)) {
    const details = { traceEnd: bytesToHex(context.trace.endState), right: right.id }
    alert(context, 'trace-disagrees', 'critical', right.id, details)
    return
  }
  if (rightAssertion === undefined) proposeRival(context, right.id)
  else if (state.parent.firstRivalAt !== 0n) commitTrace(context)
}

function proposeRival(context: DecideContext, rightId: Hash): void {
  const { state, right, rightTrace, doubt, now } = context
  // It falls with its parent, whose siblings decide about that.
  if (doubt?.isBelowWrong) return
  // It stands on L1 already, and its event is yet to be read.
  if (context.missing.includes(rightId)) return
  const { firstChildId } = state.parent
  const closesAt = joinClosesAt(state, rightId)
  const evidence = { firstChildId, rightId, rightEnd: right!.end, closesAt }
  if (now >= closesAt) {
    alert(context, 'wrong-unrivalled', 'critical', state.parentId, { ...evidence, why: 'the window is over' })
    return
  }
  alert(context, 'wrong-unrivalled', urgencyOf(context), state.parentId, evidence)
  // What else is missing is not the right child: L1 itself refuses a second one.
  if (rightTrace === undefined || doubt !== undefined) return
  const bond = context.account.stakes.bonds.find((own) => isFree(context, own) && own.assertionId === state.parentId)
  const stakeWei = bond === undefined ? state.contracts.stake : 0n
  if (!mayStake(context, stakeWei, closesAt - now, rightId)) return
  const call: DisputeCall = {
    kind: 'rival',
    expectedId: rightId,
    parentId: state.parentId,
    end: right!.end,
    traceRoot: bytesToHex(rightTrace.root),
    proof: endProof(rightTrace),
    bondId: bond?.id ?? noHash,
    stakeWei,
  }
  want(context, call, { what: 'the right child is not on L1', ...evidence }, { deadline: closesAt, stakeWei })
}

/**
 * A wrong child without a rival is confirmed a challenge period after it was made, at once and without grace. Critical while what holds the rival back does not
 * pass by itself, and from the half of that time on.
 */
function urgencyOf({ state, now, doubt, rightTrace, traceFailure }: DecideContext): 'warning' | 'critical' {
  const { firstChildAt } = state.parent
  const passed = now - firstChildAt
  const period = state.contracts.challengePeriod
  const isTraceLate = traceFailure !== undefined || (rightTrace === undefined && passed >= period / 8n)
  return doubt !== undefined || isTraceLate || passed >= period / 2n ? 'critical' : 'warning'
}

function commitTrace(context: DecideContext): void {
  const { state, rightAssertion, rightTrace, rightCommitment, right, doubt, now } = context
  if (rightTrace === undefined || rightCommitment !== undefined || rightAssertion === undefined) return
  if (doubt !== undefined) return
  if (context.defends?.(rightAssertion) === false) return
  const closesAt = joinClosesAt(state, right!.id)
  const evidence = { assertionId: right!.id, traceRoot: bytesToHex(rightTrace.root), closesAt }
  if (now >= closesAt) {
    alert(context, 'limit', 'critical', right!.id, { ...evidence, why: 'the window to commit is over' })
    return
  }
  // The assertion's own bond may stand behind it also when it has rolled on.
  const backs = ({ id, assertionId }: OwnBond) => id === rightAssertion.bondId || assertionId === right!.id
  const bond = context.account.stakes.bonds.find((own) => isFree(context, own) && backs(own))
  const stakeWei = bond === undefined ? state.contracts.stake : 0n
  if (!mayStake(context, stakeWei, closesAt - now, right!.id)) return
  const call: DisputeCall = {
    kind: 'commit',
    assertionId: right!.id,
    traceRoot: evidence.traceRoot,
    proof: endProof(rightTrace),
    bondId: bond?.id ?? noHash,
    stakeWei,
  }
  want(context, call, { what: 'the right child is rivalled', ...evidence }, { deadline: closesAt, stakeWei })
}

/** Whether a bond may back something new in this dispute. */
function isFree({ account, state }: DecideContext, { id, owner, status, strikes }: OwnBond): boolean {
  const isOwn = owner === account.address.toLowerCase() && status === 'active' && strikes === 0
  return isOwn && !state.commitments.some(({ bondId }) => bondId === id)
}

/** Whether the bounds allow a new stake of so much. 0 is a bond that stands already: no bound keeps it from defending itself. */
function mayStake(context: DecideContext, stakeWei: bigint, clock: bigint, about: string): boolean {
  const { maxStakeWei, minClockSeconds } = context.limits
  const isSmall = stakeWei <= maxStakeWei
  const isInTime = clock >= minClockSeconds
  if (stakeWei === 0n || (isSmall && isInTime)) return true
  const why = isSmall ? 'too little is left on the clock for a new stake' : 'the stake is larger than allowed'
  alert(context, 'limit', 'critical', about, { why, stakeWei, maxStakeWei, clock, minClockSeconds })
  return false
}
