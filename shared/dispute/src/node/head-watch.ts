import { type L1Client, readL1Block } from '@crema/l1'
import { type Clock, type Readiness, sleep } from '@crema/service-kit'
import type { Alert } from '../decide/types.ts'

/** Notices an L1 endpoint that stands still: it answers, and every look at it succeeds, but nothing that it says is new. */
export interface HeadWatch {
  /** Reads L1's newest block and tells readiness: part `l1` is not ready while the last that was read is too old. Throws `L1Error`, after telling. */
  look(): Promise<void>
  /** A critical alert while the last block that was read is too old; none before the first was read. */
  alerts(): readonly Alert[]
  /** Looks until the signal aborts; never rejects. */
  run(signal: AbortSignal): Promise<void>
}

export interface HeadWatchOptions {
  readonly l1: L1Client
  readonly clock: Pick<Clock, 'nowSeconds'>
  readonly readiness: Pick<Readiness, 'ready' | 'notReady'>
  /** Seconds that L1's newest block may be behind the clock. */
  readonly maxAgeSeconds: number
  /** Milliseconds between looks. */
  readonly pollMs: number
}

/** Creates the watch of an endpoint. One that falls silent becomes too old as well. */
export function createHeadWatch({ l1, clock, readiness, maxAgeSeconds, pollMs }: HeadWatchOptions): HeadWatch {
  let head: { readonly number: bigint; readonly timestamp: bigint } | undefined

  /** Of the last block that was read, seconds; undefined while it is young enough. */
  function excessiveAge(): number | undefined {
    if (head === undefined) return undefined
    const age = clock.nowSeconds() - Number(head.timestamp)
    return age > maxAgeSeconds ? age : undefined
  }

  function tell(): void {
    const age = excessiveAge()
    if (age === undefined) {
      readiness.ready('l1')
      return
    }
    const why = `the newest L1 block, ${head!.number}, is ${age} s old, more than ${maxAgeSeconds}: the endpoint stands still, or this machine's clock is ahead`
    readiness.notReady('l1', why)
  }

  async function look(): Promise<void> {
    try {
      head = (await readL1Block(l1, { tag: 'latest' })) ?? head
    } finally {
      tell()
    }
  }

  return {
    look,
    alerts: () => {
      const ageSeconds = excessiveAge()
      if (ageSeconds === undefined) return []
      const details = { block: head!.number, timestamp: head!.timestamp, ageSeconds, maxAgeSeconds }
      return [{ code: 'l1-stale', severity: 'critical', about: 'l1', details }]
    },
    run: async (signal) => {
      while (!signal.aborted) {
        // Everything else that reads L1 fails with it and says why.
        await look().catch(() => {})
        await sleep(pollMs, signal).catch(() => {})
      }
    },
  }
}
