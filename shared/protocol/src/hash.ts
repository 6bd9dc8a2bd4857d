import { bigIntToBytes, hexToBytes } from './bytes.ts'
import { DecodeError } from './errors.ts'
import { keccak256, keccak256Hex } from './keccak.ts'
import type { Hash, Hex } from './types/hex.ts'

/** A static ABI word: an unsigned integer, a flag, an address or 32 bytes. */
export type Word = bigint | number | boolean | Hex

/**
 * `H(tag, w1, …, wn) = keccak256(abi.encode(tag, w1, …, wn))` over static words (docs/protocol/hashing.md). Addresses and
 * integers are left-padded. Throws {@link DecodeError} for a hex word that is neither 20 nor 32 bytes, or a negative or too large integer.
 */
export function hashWords(tag: Hash, ...words: readonly Word[]): Hash {
  const encoded = new Uint8Array(32 * (words.length + 1))
  encoded.set(hexToBytes(tag), 0)
  for (const [i, word] of words.entries()) encoded.set(encodeWord(word), 32 * (i + 1))
  return keccak256Hex(encoded)
}

/** One word as `abi.encode` lays it out. */
export function encodeWord(word: Word): Uint8Array {
  if (typeof word !== 'string') return bigIntToBytes(BigInt(word), 32)
  const bytes = hexToBytes(word)
  if (bytes.length === 32) return bytes
  if (bytes.length !== 20)
    throw new DecodeError('BAD_WORD', 'a word is 20 or 32 bytes', { details: { length: bytes.length } })
  const padded = new Uint8Array(32)
  padded.set(bytes, 12)
  return padded
}

const nodeBuffer = new Uint8Array(96)

/** Inner node of every tree of the protocol on bytes: `H(node, left, right)` with `tag` the bytes of `tags.node`. */
export function hashNodeBytes(tag: Uint8Array, left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeBuffer.set(tag, 0)
  nodeBuffer.set(left, 32)
  nodeBuffer.set(right, 64)
  return keccak256(nodeBuffer)
}
