import type { Clock } from '@crema/service-kit'
import type { LastOrdering } from './recent.ts'

/** Doublings after which the wait grows no more. */
const maxDoublings = 20

/**
 * Returns how many milliseconds a transaction that was ordered must wait until it may be ordered once more; 0: it may now.
 *
 * The sequencer does not execute, so it cannot tell a transaction that was included, whose bytes are worth nothing any more, from one
 * that was skipped and has become valid since, say because its sender has funds now. Either may come again `waitMs` after
 * it was ordered, and each time the wait doubles: a skipped one gets through, and replaying what is on the chain costs L1 few bytes.
 */
export function orderAgain(waitMs: number, clock: Clock): (last: LastOrdering) => number {
  return ({ timestamp, times }) => {
    const dueMs = Number(timestamp) * 1_000 + waitMs * 2 ** Math.min(times - 1, maxDoublings)
    return Math.max(0, dueMs - clock.nowMs())
  }
}
