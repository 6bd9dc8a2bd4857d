/** Shape of an exponential backoff, all in milliseconds. */
export interface Backoff {
  /** Delay before the second attempt. Default 250. */
  readonly baseMs?: number
  /** Upper bound of any delay. Default 30,000. */
  readonly maxMs?: number
}

/**
 * Delay in milliseconds after failed attempt number `attempt` (0 is the first): `base * 2^attempt`, capped, of which the
 * upper half is random ("equal jitter"), so that many clients do not return together and none returns at once.
 */
export function backoffDelay(attempt: number, random: number, { baseMs = 250, maxMs = 30_000 }: Backoff = {}): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 40))
  return ceiling / 2 + (ceiling / 2) * random
}
