import type { Metrics } from '@crema/service-kit'

/** The sequencer's metrics. */
export function sequencerMetrics(metrics: Metrics) {
  return metrics.declare({
    height: { type: 'gauge', name: 'sequencer_height', help: 'Height of the newest certified header.' },
    waiting: { type: 'gauge', name: 'sequencer_waiting_transactions', help: 'Transactions waiting in all lanes.' },
    sealSeconds: {
      type: 'histogram',
      name: 'sequencer_seal_seconds',
      help: 'Time to build, sign and persist a block.',
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
    },
  })
}
