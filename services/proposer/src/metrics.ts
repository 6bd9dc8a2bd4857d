import type { Metrics } from '@crema/service-kit'

/** Figures a proposer keeps. */
export interface ProposerMetrics {
  /** Something was done. */
  did(what: string): void
  /** A transaction failed for good; another attempt follows. */
  failed(): void
  /** Wei missing for the next assertion; 0 when it can be paid. */
  missing(wei: bigint): void
  /** Whether the latest assertion is wrong. */
  disagrees(yes: boolean): void
}

/** Declares the proposer's metrics. */
export function createProposerMetrics(metrics: Pick<Metrics, 'declare'>): ProposerMetrics {
  const m = metrics.declare({
    actions: { type: 'counter', name: 'proposer_actions_total', help: 'Final transactions.', labels: ['did'] },
    failures: { type: 'counter', name: 'proposer_failures_total', help: 'Transactions that failed for good.' },
    missing: {
      type: 'gauge',
      name: 'proposer_missing_gwei',
      help: 'Funds missing for the next assertion, gwei; 0 when it can be paid.',
    },
    disagrees: {
      type: 'gauge',
      name: 'proposer_disagrees',
      help: '1 while the latest assertion is wrong by own execution and nothing is built on it.',
    },
  })
  return {
    did: (what) => m.actions.inc({ did: what }),
    failed: () => m.failures.inc(),
    missing: (wei) => m.missing.set(Number(wei) / 1e9),
    disagrees: (yes) => m.disagrees.set(yes ? 1 : 0),
  }
}
