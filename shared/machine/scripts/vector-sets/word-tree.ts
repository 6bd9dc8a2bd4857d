import { bytesToHex } from '@crema/protocol'
import { columns, noise, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import { proveRange } from '../../src/commit/range-proof.ts'
import { readWords, wordTree, wordTreeRoot, writeWords } from '../../src/commit/word-tree.ts'

/** `length` bytes, every third stretch of 100 zero. */
function sparse(text: string, length: number): Uint8Array {
  const bytes = noise(text, length)
  for (let at = 0; at < length; at += 300) bytes.fill(0, at, at + 100)
  return bytes
}

/** Bytes, a range of their words with its proof, and the root after that range is overwritten with `newWords`. */
export function wordTreeVectors(): Vectors {
  const rows = [17, 12].flatMap((depth) =>
    [0, 1, 32, 33, 64, 700, 2048, 4000].flatMap((length) => {
      const bytes = sparse(`tree ${length}`, length)
      const tree = wordTree(bytes, depth)
      const words = Math.ceil(length / 32)
      const ranges: readonly (readonly [first: number, count: number])[] = [
        [0, 1],
        [0, words + 3],
        [1, 2],
        [5, 1],
        [7, 6],
        [Math.max(0, words - 1), 1],
        [words, 2],
        [2 ** depth - 1, 1],
      ]
      return ranges.map(([first, count], i) => {
        const newWords = i % 4 === 3 ? new Uint8Array(32 * count) : sparse(`new ${i}`, 32 * count)
        return {
          name: `${length} bytes, depth ${depth}, ${count} from ${first}`,
          depth,
          bytes: bytesToHex(bytes),
          root: bytesToHex(wordTreeRoot(tree, depth)),
          first,
          words: bytesToHex(readWords(tree, depth, first, count)),
          proof: bytesToHex(proveRange(tree, depth, first, count)),
          newWords: bytesToHex(newWords),
          newRoot: bytesToHex(wordTreeRoot(writeWords(tree, depth, first, newWords), depth)),
        }
      })
    }),
  )
  return columns(rows)
}
