import { stackChain } from '../commit/stack-chain.ts'
import type { Frame } from './frame.ts'
import { note, type Witness } from './witness.ts'
import { writeWord } from './words.ts'

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
  note(w, stackChain(f.stack, f.sp - count))
  note(w, words)
}
