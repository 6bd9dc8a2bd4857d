import { byDeadline } from './intent-key.ts'
import type { Alert, Decision, DisputeIntent } from './types.ts'

/** A decision with all its moves computed. Costs what reading the trace costs, for each of them. */
export function makeMoves(decision: Decision): Decision {
  const made = decision.moves.map((move) => move.make())
  const intents = made.filter((one): one is DisputeIntent => 'call' in one)
  const alerts = made.filter((one): one is Alert => 'code' in one)
  return {
    ...decision,
    moves: [],
    intents: [...decision.intents, ...intents].sort(byDeadline),
    alerts: [...decision.alerts, ...alerts],
  }
}
