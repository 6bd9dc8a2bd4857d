import { bytesToHex, type Hash, type Hex } from '@crema/protocol'

/** A repeatable stream of values (mulberry32). */
export interface Random {
  /** Integer with 0 ≤ value < bound. */
  below(bound: number): number
  bytes(length: number): Uint8Array
  hex(length: number): Hex
  hash(): Hash
  pick<T>(choices: readonly T[]): T
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (bound: number): number => next() % bound
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256))
  return {
    below,
    bytes,
    hex: (length) => bytesToHex(bytes(length)),
    hash: () => bytesToHex(bytes(32)),
    pick: (choices) => choices[below(choices.length)]!,
  }
}
