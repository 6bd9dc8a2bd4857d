import {
  appendToFrontier,
  bytesToHex,
  createTree,
  emptyFrontier,
  emptySubtrees,
  frontierRoot,
  hashWords,
  rootOf,
  tags,
} from '../../src/index.ts'
import { columns, type Vectors, word } from './columns.ts'

/** `tags.json`: every tag under its name. */
export function tagVectors(): Vectors {
  return { ...tags }
}

/** `append-only-tree.json`: roots after each append, proofs in trees of several sizes, and what rootOf gives for a wrong position. */
export function appendOnlyTreeVectors(): Vectors {
  const leaves = Array.from({ length: 33 }, (_, i) => word(`leaf ${i}`))
  const tree = createTree(leaves)
  const roots: string[] = [frontierRoot(emptyFrontier)]
  let frontier = emptyFrontier
  for (const leaf of leaves) {
    frontier = appendToFrontier(frontier, leaf)
    roots.push(frontierRoot(frontier))
  }
  const places = [
    [0, 1],
    [0, 2],
    [1, 2],
    [2, 3],
    [4, 5],
    [6, 7],
    [7, 8],
    [8, 33],
    [31, 32],
    [31, 33],
    [32, 33],
  ] as const
  return {
    emptySubtrees: emptySubtrees.map(bytesToHex),
    node: hashWords(tags.node, leaves[0]!, leaves[1]!),
    leaves,
    roots,
    proofs: columns(
      places.map(([index, size]) => {
        const siblings = tree.proof(index, size)
        const leaf = tree.leaf(index)
        return {
          index,
          size,
          leaf,
          root: tree.root(size),
          rootAtNextIndex: rootOf(leaf, index + 1, siblings),
          siblings,
        }
      }),
    ),
  }
}
