import type { Doubt } from '../own/own-child.ts'
import { alert, type DecideContext } from './context.ts'
import type { Alert } from './types.ts'
import { joinClosesAt } from './windows.ts'

/** Tells what stands between this node and its moves: events, the right child, its trace. */
export function tellWhatIsMissing(context: DecideContext): void {
  const { state, doubt, right, traceFailure } = context
  if (state.commitments.length < state.joins) {
    const details = { read: state.commitments.length, joined: state.joins }
    alert(context, 'events-missing', 'warning', state.id, details)
  }
  if (context.missing.length > 0) {
    const severity = context.isOpen ? 'critical' : 'warning'
    alert(context, 'events-missing', severity, state.parentId, { assertions: context.missing })
  }
  if (context.isOpen && doubt !== undefined) {
    alert(context, 'unknown', severityOf(context, doubt), state.parentId, { why: doubt.why, ...doubt.details })
  }
  if (right === undefined || !wantsTrace(context)) return
  if (traceFailure !== undefined) alert(context, 'no-trace', 'critical', right.id, { ...traceFailure })
  else if (isOverdue(context)) {
    const message = 'it is still being built, an eighth of the challenge period after the rival'
    alert(context, 'no-trace', 'critical', right.id, { code: 'LATE', message })
  }
}

/** Whether the dispute has been open for as long as a trace may take: from then on clocks lose what they need. */
function isOverdue({ state, now }: DecideContext): boolean {
  const { firstRivalAt } = state.parent
  return firstRivalAt !== 0n && now >= firstRivalAt + state.contracts.challengePeriod / 8n
}

function severityOf(context: DecideContext, { needsPeople, isBelowWrong }: Doubt): Alert['severity'] {
  const { state, right, now } = context
  const { firstChildAt, firstChildId, firstRivalAt } = state.parent
  if (needsPeople) return 'critical'
  const isContested = firstRivalAt !== 0n
  if (isBelowWrong) return isContested ? 'warning' : 'info'
  if (isContested) return isOverdue(context) ? 'critical' : 'warning'
  // A child without a rival is confirmed a challenge period after it was made, whatever it is.
  if (right?.id === firstChildId) return 'info'
  return now >= firstChildAt + state.contracts.challengePeriod / 2n ? 'critical' : 'info'
}

/** A trace is wanted as soon as two children contradict each other, or the one there is contradicts us; while anything can be done with it. */
function wantsTrace(context: DecideContext): boolean {
  const { isOpen, right, rightAssertion, doubt, trace, state, mode, now } = context
  if (!isOpen || right === undefined || trace !== undefined || mode === 'watch') return false
  const { firstRivalAt, firstChildAt, firstChildId } = state.parent
  const isDisputed = firstRivalAt !== 0n || (firstChildAt !== 0n && firstChildId !== right.id)
  const mayJoin = now < joinClosesAt(state, right.id) && !doubt?.isBelowWrong
  return isDisputed && (mayJoin || (rightAssertion?.aliveCommitments ?? 0n) > 0n)
}

/**
 * By when it is wanted, L1 time in seconds: the first of the end of the window to join and the clocks that run in its duels, less the clock that a new stake must
 * have. With a trace that comes later there is no time left for the moves. Undefined while it is not wanted.
 */
export function traceBy(context: DecideContext): bigint | undefined {
  const { state, right, duels, now, limits } = context
  if (right === undefined || !wantsTrace(context)) return undefined
  const closesAt = joinClosesAt(state, right.id)
  const clocks = duels.flatMap((duel) => ('deadline' in duel.state ? [duel.state.deadline] : []))
  const [first] = [...(now < closesAt ? [closesAt] : []), ...clocks].sort((a, b) => Number(a - b))
  return first === undefined ? now : first - limits.minClockSeconds
}
