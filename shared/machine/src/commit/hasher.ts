import { hexToBytes, tags } from '@crema/protocol'
import { encodeWords } from './encode-words.ts'
import { hashWordBytes } from './hash.ts'
import type { Sponge } from './sponge.ts'

const tag = hexToBytes(tags.hasher)

/** The 31 words of a sponge: 25 lanes, the length of what waits, and its 5 words. */
export function hasherWords({ lanes, partial, partialLength }: Sponge): Uint8Array {
  const words = new Uint8Array(31 * 32)
  const view = new DataView(words.buffer)
  for (let i = 0; i < 25; i++) {
    view.setInt32(32 * i + 24, lanes[2 * i + 1]!)
    view.setInt32(32 * i + 28, lanes[2 * i]!)
  }
  words.set(encodeWords([partialLength]), 25 * 32)
  words.set(partial, 26 * 32)
  return words
}

/** `H(hasher, 25 lanes, partial length, partial block (5 words))`. */
export function hasherHash(sponge: Sponge): Uint8Array {
  return hashWordBytes(tag, hasherWords(sponge))
}
