import type { Frame } from '../state/frame.ts'
import type { Committer } from './committer.ts'
import { BYTES_DEPTH, type WordTree, wordTree, wordTreeRoot, writeWords } from './word-tree.ts'

/** Bytes under a word tree. A buffer may be longer, but gas pays for less memory: what lies behind is zero. */
const MAX_BYTES = 32 * 2 ** BYTES_DEPTH

/** Tree of a whole buffer: memory, an encoded transaction, or what a precompile returned. */
export function bufferTree(c: Committer, buffer: ArrayBufferLike): WordTree {
  let box = c.buffers.get(buffer)
  if (box === undefined) {
    box = { tree: wordTree(new Uint8Array(buffer, 0, Math.min(buffer.byteLength, MAX_BYTES))) }
    c.buffers.set(buffer, box)
  }
  return box.tree
}

/** Root of a frame's memory. */
export function memoryRoot(c: Committer, { memory, memWords }: Frame): Uint8Array {
  return wordTreeRoot(memWords === 0 ? undefined : bufferTree(c, memory.buffer))
}

/** Notes the words that the step to come may write in the memory of `frame`; none when `end` is `first`. */
export function expectWrite(c: Committer, frame: Frame, first: number, end: number): void {
  const { pending } = c
  pending.frame = frame
  pending.buffer = frame.memory.buffer
  pending.first = first
  pending.end = Math.min(end, 2 ** BYTES_DEPTH)
}

/** Brings the tree of the frame's memory up to date after the step; memory that has grown is in a new buffer. */
export function takeWrite({ buffers, pending }: Committer): void {
  const { frame, buffer, first, end } = pending
  if (frame === undefined) return
  pending.frame = undefined
  const known = buffers.get(buffer!)
  pending.buffer = undefined
  if (known === undefined) return
  let box = known
  if (frame.memory.buffer !== buffer) {
    box = { tree: known.tree }
    buffers.set(frame.memory.buffer, box)
  }
  const words = frame.memory.subarray(32 * first, 32 * end)
  if (words.length > 0) box.tree = writeWords(box.tree, BYTES_DEPTH, first, words)
}
