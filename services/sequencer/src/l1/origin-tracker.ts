import type { OriginSource } from '../chain/ports.ts'
import type { OriginRef } from '../chain/types.ts'

/** Follows L1 in the background, so that no block waits for it. */
export interface OriginTracker {
  /** The newest known origin, unless it is not later than the previous header's: then that one again. */
  readonly source: OriginSource
  /** Reads L1 once. @throws what the reader throws; the last origin stays. */
  refresh(): Promise<void>
}

/** Tracks what `read` returns. */
export function createOriginTracker(read: () => Promise<OriginRef | undefined>): OriginTracker {
  let known: OriginRef | undefined
  return {
    source: (previous) => (known && known.number > previous.number ? known : previous),
    refresh: async () => {
      known = (await read()) ?? known
    },
  }
}
