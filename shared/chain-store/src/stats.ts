import { statSync } from 'node:fs'
import type { StoreContext } from './context.ts'
import type { ChainStoreStats } from './types.ts'

const counted = {
  blocks: 'blocks',
  transactions: 'transactions',
  logs: 'logs',
  skipped: 'skipped',
  codes: 'codes',
  deposits: 'deposits',
  leaves: 'leaves',
  l1Blocks: 'l1_blocks',
  l1Events: 'l1_events',
  evidence: 'evidence',
} as const

/** See {@link ChainStore.stats}. Trie nodes are counted as they are written: counting their table would read all of it. */
export function readStats(context: StoreContext): ChainStoreStats {
  return context.read(() => {
    const counts = Object.fromEntries(
      Object.entries(counted).map(([name, table]) => [
        name,
        context.statement<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`).get()!.rows,
      ]),
    ) as Record<keyof typeof counted, number>
    const chain = context
      .statement<{ state_nodes: number; state_node_bytes: number }>('SELECT state_nodes, state_node_bytes FROM chain')
      .get()
    return {
      ...counts,
      stateNodes: chain?.state_nodes ?? 0,
      stateNodeBytes: chain?.state_node_bytes ?? 0,
      fileBytes: sizeOf(context.db.name),
      walBytes: sizeOf(`${context.db.name}-wal`),
    }
  })
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
