/** How often each batch was settled, so that one that fell out of L1 again, or failed, is sent under another key. */
export interface SettledBatches {
  readonly size: number
  times(batch: string): number
  add(batch: string, lastLaneHeight: bigint): void
  /**
   * Forgets what the Inbox holds. Should a deep reorg take it out again, the keys used before are gone through anew: the transaction
   * manager answers for those at once.
   */
  forget(inboxLaneHeight: bigint): void
}

/** Remembers nothing yet. */
export function createSettledBatches(): SettledBatches {
  const settled = new Map<string, { readonly times: number; readonly lastLaneHeight: bigint }>()
  const times = (batch: string) => settled.get(batch)?.times ?? 0
  return {
    get size() {
      return settled.size
    },
    times,
    add: (batch, lastLaneHeight) => void settled.set(batch, { times: times(batch) + 1, lastLaneHeight }),
    forget: (inboxLaneHeight) => {
      for (const [batch, { lastLaneHeight }] of settled) if (lastLaneHeight <= inboxLaneHeight) settled.delete(batch)
    },
  }
}
