import { hexToBytes, keccak256, tags } from '@crema/protocol'
import { writeWord } from '../state/words.ts'

/** Hash of an empty stack, and the end of every chain. */
export const zeroWord: Uint8Array = new Uint8Array(32)

const buffer = new Uint8Array(96)
buffer.set(hexToBytes(tags.stackWord), 0)

/** Hash of the stack with `word` on top of the one that hashes to `below`: `H(stackWord, below, word)`. */
export function pushHash(below: Uint8Array, word: bigint): Uint8Array {
  buffer.set(below, 32)
  writeWord(buffer, 64, word)
  return keccak256(buffer)
}

/** Hash of the stack whose lowest `height` words are those of `stack`. */
export function stackChain(stack: readonly bigint[], height: number): Uint8Array {
  let hash = zeroWord
  for (let i = 0; i < height; i++) hash = pushHash(hash, stack[i]!)
  return hash
}
