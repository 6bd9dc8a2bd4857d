/** Calls production at the right times, never twice at once. */
export interface Pacemaker {
  /** Something waits to be ordered. */
  wake(): void
  /** Ends production; resolves when the block in progress, if any, is done. */
  close(): Promise<void>
}

/** Options of {@link startPacemaker}. Times in milliseconds. */
export interface PacemakerOptions {
  /** Time between ticks; 0: produce as soon as something waits. */
  readonly blockTimeMs: number
  readonly produce: () => Promise<unknown>
  /** Milliseconds until a heartbeat becomes due, undefined without one; asked in on-demand mode. */
  readonly nextDueMs: () => number | undefined
  readonly onError: (error: unknown) => void
}

/** Pause after a failed block in on-demand mode. */
const retryMs = 1_000

/** Starts production. */
export function startPacemaker({ blockTimeMs, produce, nextDueMs, onError }: PacemakerOptions): Pacemaker {
  let running: Promise<void> | undefined
  let again = false
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const round = async () => {
    try {
      // On demand, goes on until nothing is left: one block may not hold all that waits.
      while (!closed && (await produce()) !== undefined && blockTimeMs === 0);
      return true
    } catch (error) {
      onError(error)
      return false
    }
  }
  const run = () => {
    if (closed) return
    if (running) {
      again = true
      return
    }
    again = false
    running = round().then((succeeded) => {
      running = undefined
      if (blockTimeMs === 0) schedule(succeeded ? (again ? 0 : nextDueMs()) : retryMs)
    })
  }
  const schedule = (ms: number | undefined) => {
    clearTimeout(timer)
    if (!closed && ms !== undefined) timer = setTimeout(run, ms)
  }
  const interval = blockTimeMs > 0 ? setInterval(run, blockTimeMs) : undefined

  return {
    wake: () => {
      if (blockTimeMs === 0) run()
    },
    close: async () => {
      closed = true
      clearInterval(interval)
      clearTimeout(timer)
      await running
    },
  }
}
