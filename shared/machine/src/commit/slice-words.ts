import type { Committer } from './committer.ts'
import { encodeWords } from './encode-words.ts'
import { bufferTree } from './memory-tree.ts'
import { wordTreeRoot } from './word-tree.ts'

const nothing = new Uint8Array(96)

/** Root, offset and length of bytes that are a view of a buffer, as three words: zeros for no bytes. */
export function sliceWords(c: Committer, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return nothing
  return encodeWords([wordTreeRoot(bufferTree(c, bytes.buffer)), bytes.byteOffset, bytes.length])
}
