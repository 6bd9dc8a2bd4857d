import { byDeadline, kindOf } from '../decide/intent-key.ts'
import type { Alert, Decision, DueCall } from '../decide/types.ts'
import type { DisputeAgentStatus } from './types.ts'

/** An agent's status without calldata, for /status and people. */
export function describeAgent(status: DisputeAgentStatus): Readonly<Record<string, unknown>> {
  const { disputes, alerts, ...rest } = status
  return { ...rest, alerts: alerts.map(describeAlert), disputes: disputes.map(describeDecision) }
}

/** A decision without calldata. */
export function describeDecision(decision: Decision): Readonly<Record<string, unknown>> {
  const { intents, moves, alerts, ...rest } = decision
  const due = [...intents, ...moves].sort(byDeadline)
  return { ...rest, alerts: alerts.map(describeAlert), intents: due.map(describeIntent) }
}

/** What is due, until when, and why. */
export function describeIntent(due: DueCall) {
  const { key, deadline, stakeWei, reason } = due
  return { kind: kindOf(due), key, deadline, stakeWei, reason }
}

const describeAlert = ({ code, severity, about, details }: Alert) => ({ code, severity, about, details })
