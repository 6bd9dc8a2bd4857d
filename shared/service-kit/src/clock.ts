/** Source of wall-clock time. Services take one so that tests and pure code decide what "now" is. */
export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number
  /** Unix time in whole seconds, rounded down. */
  nowSeconds(): number
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  nowSeconds: () => Math.floor(Date.now() / 1000),
}

/** Source of randomness in [0, 1); used for jitter only, never for keys. */
export type Random = () => number

/** The machine's pseudo-random source. */
export const systemRandom: Random = () => Math.random()

/** A clock that stands still until moved, for tests and replays. */
export function createManualClock(startMs: number): Clock & { advance(ms: number): void } {
  let now = startMs
  return {
    nowMs: () => now,
    nowSeconds: () => Math.floor(now / 1000),
    advance: (ms) => {
      now += ms
    },
  }
}
