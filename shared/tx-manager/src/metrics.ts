import type { Metrics } from '@crema/service-kit'
import type { TxMetrics } from './events.ts'

/** Declares the manager's metrics in a service's registry and returns the port that feeds them. */
export function createTxMetrics(metrics: Pick<Metrics, 'declare'>): TxMetrics {
  const m = metrics.declare({
    nonce: { type: 'gauge', name: 'tx_nonce', help: 'Nonce of the account at the latest block.' },
    pending: { type: 'gauge', name: 'tx_pending', help: 'Intents neither confirmed nor failed.' },
    bumps: { type: 'counter', name: 'tx_bumps_total', help: 'Replacements with higher fees.' },
    spent: { type: 'counter', name: 'tx_fees_gwei_total', help: 'Fees of settled transactions, gwei.' },
    refused: { type: 'counter', name: 'tx_refused_total', help: 'Refusals by nodes, by class.', labels: ['class'] },
    latency: {
      type: 'histogram',
      name: 'tx_confirmed_seconds',
      help: 'Seconds from send to confirmation.',
      buckets: [1, 5, 15, 30, 60, 120, 300, 600, 1800],
    },
    balance: { type: 'gauge', name: 'tx_balance_gwei', help: 'Balance of the account, gwei.' },
  })
  const gwei = (wei: bigint) => Number(wei) / 1e9
  return {
    nonce: (value) => m.nonce.set(value),
    pending: (count) => m.pending.set(count),
    bump: () => m.bumps.inc(),
    feeSpent: (wei) => m.spent.inc(gwei(wei)),
    refused: (kind) => m.refused.inc({ class: kind }),
    latency: (seconds) => m.latency.observe(seconds),
    balance: (wei) => m.balance.set(gwei(wei)),
  }
}

/** For those who keep no figures. */
export const noTxMetrics: TxMetrics = {
  nonce: () => {},
  pending: () => {},
  bump: () => {},
  feeSpent: () => {},
  refused: () => {},
  latency: () => {},
  balance: () => {},
}
