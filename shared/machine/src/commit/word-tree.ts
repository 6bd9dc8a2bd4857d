import { emptySubtrees, tags } from '@crema/protocol'
import { pairHasher } from './hash.ts'

/** Depth of the trees of bytes and of logs: 4 MiB, 131,072 leaves (docs/protocol/machine.md). */
export const BYTES_DEPTH = 17
/** Depth of the tree of a block's records. */
export const RECORDS_DEPTH = 12

/** An inner node; `hash` is filled in when it is first asked for. */
export interface WordNode {
  readonly left: WordTree
  readonly right: WordTree
  hash: Uint8Array | undefined
}

/**
 * A tree of 32-byte words, or a part of one; its depth is known to who holds it. Undefined where all leaves are zero, at level 0 a word that is
 * not zero. Never changed: a write makes new nodes on its way and shares the rest.
 */
export type WordTree = WordNode | Uint8Array | undefined

const hashNode = pairHasher(tags.node)

/** The tree whose first leaves are `bytes`, the last word padded with zeros. `bytes` fit and are copied. */
export function wordTree(bytes: Uint8Array, depth: number = BYTES_DEPTH): WordTree {
  return writeWords(undefined, depth, 0, bytes)
}

/** Root of a tree; hashes what has no hash yet, once. */
export function wordTreeRoot(tree: WordTree, depth: number = BYTES_DEPTH): Uint8Array {
  if (tree === undefined) return emptySubtrees[depth]!
  if (depth === 0) return tree as Uint8Array
  const node = tree as WordNode
  node.hash ??= hashNode(wordTreeRoot(node.left, depth - 1), wordTreeRoot(node.right, depth - 1))
  return node.hash
}

/** The tree with `bytes`, the last word padded with zeros, in place of the words from `first` on. */
export function writeWords(tree: WordTree, depth: number, first: number, bytes: Uint8Array): WordTree {
  return write(tree, depth, first, bytes)
}

/** The tree with `word` at leaf `index`. */
export function setLeaf(tree: WordTree, depth: number, index: number, word: Uint8Array): WordTree {
  return write(tree, depth, index, word)
}

/** The subtree of `level` levels at position `index` of its row. */
export function subtreeAt(tree: WordTree, depth: number, level: number, index: number): WordTree {
  let node = tree
  for (let height = depth - 1; height >= level && node !== undefined; height--) {
    const { left, right } = node as WordNode
    node = Math.floor(index / 2 ** (height - level)) % 2 === 0 ? left : right
  }
  return node
}

/** `count` words from `first` on, one after another. */
export function readWords(tree: WordTree, depth: number, first: number, count: number): Uint8Array {
  const bytes = new Uint8Array(32 * count)
  for (let i = 0; i < count; i++) {
    const word = subtreeAt(tree, depth, 0, first + i)
    if (word !== undefined) bytes.set(word as Uint8Array, 32 * i)
  }
  return bytes
}

/** `first` counts from the first leaf below `tree` and may be negative. */
function write(tree: WordTree, level: number, first: number, bytes: Uint8Array): WordTree {
  const width = 2 ** level
  if (first >= width || 32 * -first >= bytes.length) return tree
  if (level === 0) return writeLeaf(tree as Uint8Array | undefined, bytes, -32 * first)
  const node = tree as WordNode | undefined
  const left = write(node?.left, level - 1, first, bytes)
  const right = write(node?.right, level - 1, first - width / 2, bytes)
  if (left === undefined && right === undefined) return undefined
  if (node !== undefined && left === node.left && right === node.right) return node
  return { left, right, hash: undefined }
}

function writeLeaf(old: Uint8Array | undefined, bytes: Uint8Array, start: number): Uint8Array | undefined {
  const end = Math.min(start + 32, bytes.length)
  let isZero = true
  for (let i = start; i < end && isZero; i++) isZero = bytes[i] === 0
  if (isZero) return undefined
  if (old !== undefined && end === start + 32) {
    let i = 0
    while (i < 32 && old[i] === bytes[start + i]) i++
    if (i === 32) return old
  }
  const word = new Uint8Array(32)
  for (let i = start; i < end; i++) word[i - start] = bytes[i]!
  return word
}
