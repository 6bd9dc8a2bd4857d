/** Batches that the fee limit holds up. Times in milliseconds. */
export interface FeeStops {
  /** Notes that the limit stopped the transaction `key` now; true when it did so for too long. */
  stopped(key: string, nowMs: number): boolean
  /** The transaction went out, or is settled. */
  over(key: string): void
  /** Whether any is held up. */
  readonly any: boolean
}

/** Stops count as too long after `patienceMs`. */
export function createFeeStops(patienceMs: number): FeeStops {
  const since = new Map<string, number>()
  return {
    stopped: (key, nowMs) => {
      const first = since.get(key) ?? nowMs
      since.set(key, first)
      return nowMs - first >= patienceMs
    },
    over: (key) => void since.delete(key),
    get any() {
      return since.size > 0
    },
  }
}
