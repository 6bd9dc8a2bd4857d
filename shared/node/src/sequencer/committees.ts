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

/** How long an open epoch is believed to be open. */
const OPEN_MS = 60_000

/** Creates the reader. Members of an epoch never change; only its end is fixed later. */
export function createCommittees({ config, l1, clock }: Pick<NodeDependencies, 'config' | 'l1' | 'clock'>): Committees {
  const known = new Map<bigint, { readonly epoch: CommitteeEpoch; readonly readAt: number }>()
  return {
    epoch: async (epoch) => {
      const cached = known.get(epoch)
      const now = clock.nowMs()
      if (cached !== undefined && (cached.epoch.endHeight !== undefined || now - cached.readAt < OPEN_MS))
        return cached.epoch
      const read = await readCommitteeEpoch(l1, config.l1Contracts.committeeRegistry, config.setId, epoch)
      known.set(epoch, { epoch: read, readAt: now })
      return read
    },
    refresh: () => {
      for (const [number, { epoch }] of known) if (epoch.endHeight === undefined) known.delete(number)
    },
  }
}
