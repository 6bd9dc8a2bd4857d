import type { Clock } from '@crema/service-kit'
import type { TimestampSource } from './ports.ts'

/** max(previous, now): never decreasing, whatever the clock does. */
export function clockTimestamps(clock: Clock): TimestampSource {
  return (previous) => {
    const now = BigInt(clock.nowSeconds())
    return now > previous ? now : previous
  }
}
