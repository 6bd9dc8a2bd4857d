import { TraceError } from './errors.ts'
import { requireNode } from './padded-tree.ts'

/** Any tree of fixed depth that can tell its nodes. */
export interface NodeSource {
  readonly depth: number
  /** Node `position` at `height` (0: leaves). Throws {@link TraceError} `NO_SUCH_NODE`. */
  node(height: number, position: number): Uint8Array
}

/** The 2^levels descendants, `levels` below, of node `position` at `height`. Throws {@link TraceError} `NO_SUCH_NODE`, also when they would lie below the leaves. */
export function descendants(tree: NodeSource, height: number, position: number, levels: number): Uint8Array[] {
  requireNode(tree.depth, height, position)
  if (levels > height) {
    throw new TraceError('NO_SUCH_NODE', 'a node has no descendants below the leaves', { details: { height, levels } })
  }
  const first = position * 2 ** levels
  return Array.from({ length: 2 ** levels }, (_, i) => tree.node(height - levels, first + i))
}

/** Both children of a node above the leaves. */
export function children(tree: NodeSource, height: number, position: number): Uint8Array[] {
  return descendants(tree, height, position, 1)
}

/** The 16 nodes four levels below a node, which a duel reveals at once. */
export function sixteenChildren(tree: NodeSource, height: number, position: number): Uint8Array[] {
  return descendants(tree, height, position, 4)
}

/** Siblings of leaf `index`, from the leaf up. Throws {@link TraceError} `NO_SUCH_NODE`. */
export function proofOf(tree: NodeSource, index: number): Uint8Array[] {
  requireNode(tree.depth, 0, index)
  return Array.from({ length: tree.depth }, (_, height) => {
    const position = Math.floor(index / 2 ** height)
    return tree.node(height, position % 2 === 0 ? position + 1 : position - 1)
  })
}

/** Siblings of the last of the 2^depth leaves, from the leaf up. */
export function lastLeafProof(tree: NodeSource): Uint8Array[] {
  return proofOf(tree, 2 ** tree.depth - 1)
}
