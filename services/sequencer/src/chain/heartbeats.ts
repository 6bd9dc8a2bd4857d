import type { Clock } from '@crema/service-kit'

/** Requests for empty lane blocks, at most one of which is due per interval and lane. */
export interface Heartbeats {
  request(lane: bigint): void
  /** Lanes whose request may be answered now. */
  due(): bigint[]
  /** Milliseconds until the next request is due, 0 when one is; undefined without requests. */
  nextInMs(): number | undefined
  /** The lane got a block, empty or not, which answers its request. */
  answered(lane: bigint): void
}

/** No requests; the first one is due at once. */
export function createHeartbeats(intervalMs: number, clock: Clock): Heartbeats {
  const requested = new Set<bigint>()
  const lastMs = new Map<bigint, number>()
  const waitMs = (lane: bigint, now: number) => Math.max(0, (lastMs.get(lane) ?? -Infinity) + intervalMs - now)
  return {
    request: (lane) => void requested.add(lane),
    due: () => {
      const now = clock.nowMs()
      return [...requested].filter((lane) => waitMs(lane, now) === 0)
    },
    nextInMs: () => {
      const now = clock.nowMs()
      return requested.size === 0 ? undefined : Math.min(...[...requested].map((lane) => waitMs(lane, now)))
    },
    answered: (lane) => {
      requested.delete(lane)
      lastMs.set(lane, clock.nowMs())
    },
  }
}
