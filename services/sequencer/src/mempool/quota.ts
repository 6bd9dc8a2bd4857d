import type { Clock } from '@crema/service-kit'
import { Refusal } from '../errors.ts'

/** Bytes each sender may submit in a window of time. */
export interface QuotaOptions {
  readonly bytesPerWindow: number
  readonly windowMs: number
  /** Senders remembered at once; the least recently started window is forgotten first. Default 100,000. */
  readonly maxSenders?: number
}

/** Counts bytes by sender. */
export interface Quota {
  /** Counts `bytes` for the sender. @throws Refusal QUOTA_EXCEEDED, which counts nothing. */
  spend(sender: string, bytes: number): void
}

/** Fixed windows that start at a sender's first submission. Bounded memory. */
export function createQuota({ bytesPerWindow, windowMs, maxSenders = 100_000 }: QuotaOptions, clock: Clock): Quota {
  // In order of start, because a window is deleted before it is set anew.
  const windows = new Map<string, { startMs: number; bytes: number }>()
  const forget = (now: number) => {
    for (const [sender, { startMs }] of windows) {
      if (windows.size <= maxSenders && startMs + windowMs > now) return
      windows.delete(sender)
    }
  }
  return {
    spend: (sender, bytes) => {
      const now = clock.nowMs()
      forget(now)
      const window = windows.get(sender) ?? { startMs: now, bytes: 0 }
      if (window.bytes + bytes > bytesPerWindow) {
        throw new Refusal(429, 'QUOTA_EXCEEDED', `at most ${bytesPerWindow} bytes in ${windowMs} ms from one sender`, {
          details: { sender, used: window.bytes, bytes, retryInMs: window.startMs + windowMs - now },
          retryable: bytes <= bytesPerWindow,
        })
      }
      window.bytes += bytes
      windows.set(sender, window)
    },
  }
}
