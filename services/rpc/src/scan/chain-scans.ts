import type { ChainReader, L2ChainConfig } from '@crema/protocol'
import { feeHistory } from '../gas/fee-history.ts'
import type { ChainScans } from '../ports.ts'

/** {@link ChainScans} on the thread that asks: for a thread of its own, and for chains in memory. They cannot be given up. */
export function chainScans(chain: ChainReader, l2: L2ChainConfig): ChainScans {
  return {
    logs: async (filter) => chain.logs(filter),
    feeHistory: async (query) => feeHistory({ chain, l2 }, query),
  }
}
