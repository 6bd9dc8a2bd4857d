import { type Hash, hexToBytes, keccak256 } from '@crema/protocol'

/** Words that {@link hashWordBytes} takes at most. */
const MAX_WORDS = 64
const buffer = new Uint8Array(32 * (MAX_WORDS + 1))

/** The function `H(tag, a, b)` on 32-byte words (docs/protocol/hashing.md). Its buffer is reused: nothing but the digest is allocated. */
export function pairHasher(tag: Hash): (a: Uint8Array, b: Uint8Array) => Uint8Array {
  const pair = new Uint8Array(96)
  pair.set(hexToBytes(tag), 0)
  return (a, b) => {
    pair.set(a, 32)
    pair.set(b, 64)
    return keccak256(pair)
  }
}

/** `H(tag, words)`; `tag` and `words` as bytes, at most 64 words. */
export function hashWordBytes(tag: Uint8Array, words: Uint8Array): Uint8Array {
  buffer.set(tag, 0)
  buffer.set(words, 32)
  return keccak256(buffer.subarray(0, 32 + words.length))
}
