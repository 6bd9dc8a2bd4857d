import { createHash } from 'node:crypto'
import type { Precompile } from './types.ts'

const words = (input: Uint8Array): number => Math.ceil(input.length / 32)

export const sha256: Precompile = {
  price: (input) => 60 + 12 * words(input),
  run: (input) => new Uint8Array(createHash('sha256').update(input).digest()),
}

export const ripemd160: Precompile = {
  price: (input) => 600 + 120 * words(input),
  run(input) {
    const output = new Uint8Array(32)
    output.set(createHash('ripemd160').update(input).digest(), 12)
    return output
  },
}

export const identity: Precompile = {
  price: (input) => 15 + 3 * words(input),
  run: (input) => input.slice(),
}
