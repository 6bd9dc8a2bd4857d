import { readCommitteeEpoch } from '@crema/l1'
import type { CommitteeEpoch } from '@crema/protocol'
import type { NodeDependencies } from '../types.ts'

/** Epochs of the rollup's sequencer set, as L1 knows them. */
export interface Committees {
  /** Members and heights of an epoch. Throws `L1Error` when L1 does not answer or does not know it. */
  epoch(epoch: bigint): Promise<CommitteeEpoch>
  /** Forgets what may have changed: an open epoch ends when the next is handed over. */
  refresh(): void
}

/** Creates the reader. Members of an epoch never change; only its end is fixed later. */
export function createCommittees({ config, l1 }: Pick<NodeDependencies, 'config' | 'l1'>): Committees {
  const known = new Map<bigint, CommitteeEpoch>()
  return {
    epoch: async (epoch) => {
      const cached = known.get(epoch)
      if (cached !== undefined) return cached
      const read = await readCommitteeEpoch(l1, config.l1Contracts.committeeRegistry, config.setId, epoch)
      known.set(epoch, read)
      return read
    },
    refresh: () => {
      for (const [epoch, { endHeight }] of known) if (endHeight === undefined) known.delete(epoch)
    },
  }
}
