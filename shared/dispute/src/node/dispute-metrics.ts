import type { Metrics } from '@crema/service-kit'
import type { DisputeAgentEvent, DisputeAgentStatus } from '../agent/types.ts'

/** Declares the figures of an agent and returns what keeps them, for `onEvent`. */
export function createDisputeMetrics(metrics: Pick<Metrics, 'declare'>): (event: DisputeAgentEvent) => void {
  const m = metrics.declare({
    open: { type: 'gauge', name: 'disputes_open', help: 'Parents with contradicting or wrong children, undecided.' },
    duels: { type: 'gauge', name: 'duels', help: 'Duels of right commitments.', labels: ['state'] },
    clock: {
      type: 'gauge',
      name: 'clock_remaining_seconds',
      help: 'Least seconds left on a clock of ours that runs; -1 while none does.',
    },
    moves: { type: 'counter', name: 'dispute_calls_total', help: 'Final calls of disputes.', labels: ['kind'] },
    doneBefore: {
      type: 'counter',
      name: 'dispute_calls_done_before_total',
      help: 'Calls that others were faster with.',
    },
    failed: { type: 'counter', name: 'dispute_calls_failed_total', help: 'Calls that failed.', labels: ['kind'] },
    gas: { type: 'counter', name: 'dispute_gas_spent_total', help: 'Gas of final calls.' },
    credit: { type: 'gauge', name: 'dispute_credit_gwei', help: 'Credit in the vault that can be claimed, gwei.' },
    risk: { type: 'gauge', name: 'dispute_stake_at_risk_gwei', help: 'Own bonds that can still be slashed, gwei.' },
    alerts: { type: 'gauge', name: 'dispute_alerts', help: 'Alerts that stand.', labels: ['severity'] },
    alertsBegun: { type: 'counter', name: 'dispute_alerts_total', help: 'Alerts that began.', labels: ['code'] },
    lookFailures: { type: 'counter', name: 'dispute_looks_failed_total', help: 'Looks at the disputes that failed.' },
    acted: { type: 'gauge', name: 'dispute_l1_number', help: 'L1 block that the last look acted on.' },
    built: { type: 'gauge', name: 'trace_build_seconds', help: 'Seconds that the last trace took.' },
    steps: { type: 'gauge', name: 'trace_steps', help: 'Micro-ops hashed of the trace under way.' },
    expected: { type: 'gauge', name: 'trace_steps_expected', help: 'Micro-ops that it will have, as far as is known.' },
    queue: {
      type: 'gauge',
      name: 'trace_queue_seconds',
      help: 'Seconds that building all wanted traces takes, each like the slowest so far.',
    },
    mismatch: {
      type: 'gauge',
      name: 'step_verify_mismatch',
      help: 'Own proofs that do not lead where the own trace does: a fault of this software.',
    },
  })

  function look(status: DisputeAgentStatus): void {
    const open = status.disputes.filter(({ isFinished }) => !isFinished)
    m.open.set(open.length)
    const counts: Record<'ours' | 'theirs' | 'proving' | 'expired' | 'decided', number> = {
      ...{ ours: 0, theirs: 0, proving: 0, expired: 0, decided: 0 },
    }
    for (const { state } of open.flatMap(({ duels }) => duels)) counts[groups[state.kind]]++
    for (const [state, count] of Object.entries(counts)) m.duels.set({ state }, count)
    m.clock.set(Number(status.leastClockSeconds ?? -1n))
    m.credit.set(Number(status.creditWei) / 1e9)
    m.risk.set(Number(status.atRiskWei) / 1e9)
    for (const severity of ['info', 'warning', 'critical'] as const) {
      m.alerts.set({ severity }, status.alerts.filter((alert) => alert.severity === severity).length)
    }
    m.mismatch.set(status.alerts.filter(({ details }) => details.refusal === 'proof-differs-from-trace').length)
    if (status.l1Block !== undefined) m.acted.set(Number(status.l1Block))
    m.queue.set(status.traceQueue.seconds)
    if (status.traces.length === 0) m.steps.set(0)
  }

  return (event) => {
    switch (event.kind) {
      case 'look':
        return look(event.status)
      case 'look-failed':
        return m.lookFailures.inc()
      case 'alert':
        return m.alertsBegun.inc({ code: event.alert.code })
      case 'sent':
        m.moves.inc({ kind: event.call })
        return m.gas.inc(Number(event.gasUsed))
      case 'already-done':
        m.doneBefore.inc()
        return m.gas.inc(Number(event.gasUsed))
      case 'failed':
        return m.failed.inc({ kind: event.call })
      case 'trace-progress':
        m.steps.set(event.progress.steps)
        return m.expected.set(event.progress.expectedSteps ?? 0)
      case 'trace-built':
        return m.built.set(event.seconds)
      case 'sending':
        return
      default:
        event satisfies never
    }
  }
}

const groups = {
  toStart: 'ours',
  toReveal: 'ours',
  toProve: 'proving',
  waiting: 'theirs',
  theirsExpired: 'expired',
  oursExpired: 'expired',
  decided: 'decided',
  impossible: 'decided',
} as const
