/** Random numbers that a seed repeats (mulberry32): not for secrets. */
export interface Random {
  readonly seed: number
  /** In [0, 1). */
  next(): number
  /** An integer in [0, bound). */
  below(bound: number): number
  /** `items` in another order. */
  shuffled<T>(items: readonly T[]): T[]
}

/** Starts at `seed`; by default `CREMA_SEED` of the environment, or else the clock. Print the seed: it names the run. */
export function createRandom(seed = Number(process.env.CREMA_SEED ?? Date.now() % 2 ** 32)): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    seed,
    next,
    below,
    shuffled: (items) => {
      const copy = [...items]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1)
        ;[copy[i], copy[j]] = [copy[j]!, copy[i]!]
      }
      return copy
    },
  }
}
