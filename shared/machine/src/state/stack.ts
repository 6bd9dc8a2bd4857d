import { tags } from '@crema/protocol'
import { pairHasher } from '../commit/hash.ts'
import type { Frame } from './frame.ts'
import { note, type Witness } from './witness.ts'
import { wordBytes, writeWord } from './words.ts'

/** Takes the top word. The interpreter has checked that there is one. */
export function pop(f: Frame): bigint {
  return f.stack[--f.sp]!
}

/** Puts a word on top. The interpreter has checked that there is room. */
export function push(f: Frame, word: bigint): undefined {
  f.stack[f.sp++] = word
}

/** The word `depth` below the top. */
export function peek(f: Frame, depth: number): bigint {
  return f.stack[f.sp - 1 - depth]!
}

/** Replaces the word `depth` below the top. */
export function poke(f: Frame, depth: number, word: bigint): void {
  f.stack[f.sp - 1 - depth] = word
}

/** Notes the hash of what is below the top `count` words, and these, the deepest first; nothing for no words. */
export function noteStack(w: Witness, f: Frame, count: number): undefined {
  if (count === 0) return
  const words = new Uint8Array(32 * count)
  for (let i = 0; i < count; i++) writeWord(words, 32 * i, f.stack[f.sp - count + i]!)
  note(w, hashStack(f.stack, f.sp - count))
  note(w, words)
}

const hashStackWord = pairHasher(tags.stackWord)

/** Hash of the lowest `count` words of a stack; 0 for none. */
export function hashStack(stack: readonly bigint[], count: number): Uint8Array {
  let hash: Uint8Array = new Uint8Array(32)
  for (let i = 0; i < count; i++) hash = hashStackWord(hash, wordBytes(stack[i]!))
  return hash
}
