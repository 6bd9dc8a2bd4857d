import type { Alert, Decision, DisputeIntent } from '../decide/types.ts'
import type { DisputeAgentStatus } from './types.ts'

/** An agent's status without calldata, for /status and people. */
export function describeAgent(status: DisputeAgentStatus): Readonly<Record<string, unknown>> {
  const { disputes, alerts, ...rest } = status
  return { ...rest, alerts: alerts.map(describeAlert), disputes: disputes.map(describeDecision) }
}

/** A decision without calldata. */
export function describeDecision(decision: Decision): Readonly<Record<string, unknown>> {
  const { intents, alerts, ...rest } = decision
  return { ...rest, alerts: alerts.map(describeAlert), intents: intents.map(describeIntent) }
}

/** What is due, until when, and why. */
export function describeIntent({ call, key, deadline, stakeWei, reason }: DisputeIntent) {
  return { kind: call.kind, key, deadline, stakeWei, reason }
}

const describeAlert = ({ code, severity, about, details }: Alert) => ({ code, severity, about, details })
