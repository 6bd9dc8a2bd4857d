import { readCommitteeEpoch } from '@crema/l1'
import type { CommitteeEpoch } from '@crema/protocol'
import type { NodeDependencies } from '../types.ts'

/** Epochs of the rollup's sequencer set, as L1 knows them. */
export interface Committees {
  /**
   * Members and heights of an epoch. One that was open when it was read a while ago is read again in the background, so that soft
   * blocks go on while L1 is away; what L1 says decides about them anyway. Throws `L1Error` when L1 does not know the epoch, or was
   * never heard about it.
   */
  epoch(epoch: bigint): Promise<CommitteeEpoch>
  /** Has open epochs read again: one ends when the next is handed over. */
  refresh(): void
}

/** How long an open epoch is believed to be open. */
const OPEN_MS = 60_000

/** Creates the reader. Members of an epoch never change; only its end is fixed later. */
export function createCommittees({ config, l1, clock }: Pick<NodeDependencies, 'config' | 'l1' | 'clock'>): Committees {
  const known = new Map<bigint, { readonly epoch: CommitteeEpoch; readonly freshUntil: number }>()
  const reading = new Set<bigint>()

  const read = async (epoch: bigint): Promise<CommitteeEpoch> => {
    const found = await readCommitteeEpoch(l1, config.l1Contracts.committeeRegistry, config.setId, epoch)
    const freshUntil = found.endHeight === undefined ? clock.nowMs() + OPEN_MS : Number.POSITIVE_INFINITY
    known.set(epoch, { epoch: found, freshUntil })
    return found
  }
  const readAgain = (epoch: bigint): void => {
    if (reading.has(epoch)) return
    reading.add(epoch)
    read(epoch)
      .catch(() => {}) // What is known stays, and the next use tries again.
      .finally(() => reading.delete(epoch))
  }

  return {
    epoch: async (epoch) => {
      const cached = known.get(epoch)
      if (cached === undefined) return read(epoch)
      if (clock.nowMs() >= cached.freshUntil) readAgain(epoch)
      return cached.epoch
    },
    refresh: () => {
      for (const [number, { epoch }] of known) if (epoch.endHeight === undefined) readAgain(number)
    },
  }
}
