import type { Metrics } from '@crema/service-kit'

/** The poster's metrics. */
export function posterMetrics(metrics: Metrics) {
  return metrics.declare({
    laneHeight: { type: 'gauge', name: 'poster_lane_height', help: 'Newest lane height in the Inbox.' },
    batches: { type: 'counter', name: 'poster_batches_total', help: 'Batches that became final.' },
    failures: { type: 'counter', name: 'poster_failures_total', help: 'Batches that L1 refused.' },
    overdue: {
      type: 'gauge',
      name: 'poster_deposits_overdue',
      help: '1 while a deposit waits for half the force delay.',
    },
    feeLimited: { type: 'gauge', name: 'poster_fee_limited', help: '1 while the fee limit holds a batch up.' },
    outOfFunds: { type: 'gauge', name: 'poster_out_of_funds', help: '1 while the account cannot pay.' },
  })
}
