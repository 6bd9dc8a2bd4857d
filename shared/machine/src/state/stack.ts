import type { Frame } from './frame.ts'

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
