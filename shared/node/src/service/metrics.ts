import type { Metrics } from '@crema/service-kit'
import type { RollupNode } from '../types.ts'

/** Declares a node's metrics and keeps them up to date from its events. */
export function observeNode(node: RollupNode, metrics: Metrics): void {
  const declared = metrics.declare({
    head: { type: 'gauge', name: 'head_number', help: 'L2 block number of each head.', labels: ['head'] },
    l1: { type: 'gauge', name: 'l1_followed_number', help: 'Last L1 block whose events are stored.' },
    executed: { type: 'counter', name: 'executed_blocks_total', help: 'L2 blocks executed.' },
    transactions: {
      type: 'counter',
      name: 'executed_transactions_total',
      help: 'Transactions executed, deposits included.',
    },
    skipped: {
      type: 'counter',
      name: 'skipped_transactions_total',
      help: 'Ordered transactions that execution skipped.',
    },
    removed: { type: 'counter', name: 'removed_blocks_total', help: 'L2 blocks rolled back.' },
    alarms: { type: 'counter', name: 'alarms_total', help: 'Alarms that began.', labels: ['code'] },
  })
  node.onEvent((event) => {
    switch (event.type) {
      case 'block':
        declared.executed.inc()
        declared.transactions.inc(event.block.transactions.length)
        declared.skipped.inc(event.block.skipped.length)
        declared.head.set({ head: 'latest' }, Number(event.block.header.number))
        return
      case 'removed':
        declared.removed.inc(event.blocks.length)
        return
      case 'heads':
        for (const head of ['latest', 'safe', 'finalized'] as const) {
          declared.head.set({ head }, Number(event.heads[head].number))
        }
        declared.l1.set(Number(node.status().l1.current?.number ?? 0n))
        return
      case 'alarm':
        declared.alarms.inc({ code: event.alarm.code })
    }
  })
}
