import { cleanUp, isFinished } from './clean-up.ts'
import { alert, contextOf, type DecideContext } from './context.ts'
import { byDeadline } from './intent-key.ts'
import { joinDispute } from './join.ts'
import { playDuels, timeOutOthers } from './play.ts'
import { settleDispute } from './settle.ts'
import type { DecideInput, Decision } from './types.ts'

/**
 * What is right to do about the children of a parent, by what L1 holds and what this node derived itself. Pure; costs what reading the trace costs. While
 * the right child is unknown it only cleans up after what is decided.
 */
export function decide(input: DecideInput): Decision {
  const context = contextOf(input)
  const { state, own } = context
  if (state.commitments.length < state.joins) {
    const details = { read: state.commitments.length, joined: state.joins }
    alert(context, 'events-missing', 'warning', state.id, details)
  }
  if (context.isOpen && !own.isKnown) {
    const isQuiet = state.parent.firstRivalAt === 0n
    const severity = own.needsPeople ? 'critical' : isQuiet ? 'info' : 'warning'
    alert(context, 'unknown', severity, state.parentId, { why: own.why, ...own.details })
  }
  if (context.traceFailure !== undefined && needsTrace(context)) {
    alert(context, 'no-trace', 'critical', context.right!.id, { ...context.traceFailure })
  }
  joinDispute(context)
  playDuels(context)
  timeOutOthers(context)
  settleDispute(context)
  cleanUp(context)
  return {
    disputeId: state.id,
    parentId: state.parentId,
    reopenEpoch: state.reopenEpoch,
    rightId: context.right?.id,
    rightCommitment: context.rightCommitmentId,
    intents: [...context.intents].sort(byDeadline),
    alerts: context.alerts,
    duels: context.duels,
    needsTrace: needsTrace(context),
    isFinished: isFinished(context),
  }
}

/** A trace is wanted as soon as two children contradict each other, or the one there is contradicts us. */
function needsTrace({ isOpen, right, rightAssertion, trace, state, mode }: DecideContext): boolean {
  if (!isOpen || right === undefined || trace !== undefined || mode === 'watch') return false
  const { firstRivalAt, firstChildAt } = state.parent
  return firstRivalAt !== 0n || (firstChildAt !== 0n && rightAssertion === undefined)
}
