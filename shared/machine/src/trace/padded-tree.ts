import { merkleNode } from '@crema/protocol'
import { TraceError } from './errors.ts'
import { createHashList, type HashList } from './hash-list.ts'

/**
 * A Merkle tree of fixed depth whose last given leaf is repeated to its end. The repeated part is never materialised: one hash for each
 * height stands for it. Nodes are kept from height `base` up.
 */
export interface PaddedTree {
  readonly depth: number
  /** Height of the lowest nodes that are kept. */
  readonly base: number
  readonly root: Uint8Array
  /** Nodes at height `base` that stand above a given leaf, the last one padded; what the tree can be made of again. */
  readonly nodes: HashList
  /**
   * Node `position` at `height` (0: leaves). Throws {@link TraceError} `NO_SUCH_NODE` outside of the tree, `NODE_NOT_KEPT` below `base`.
   */
  node(height: number, position: number): Uint8Array
  /** The node at `height`, 0 to depth, all of whose leaves are the repeated one. */
  padding(height: number): Uint8Array
}

/** Takes the leaves of a {@link PaddedTree} one by one. */
export interface PaddedTreeBuilder {
  /** Leaves so far. */
  readonly count: number
  /** Appends a leaf, of which the bytes are copied: one inner hash on average. Throws {@link TraceError} `TREE_FULL`. */
  append(leaf: Uint8Array): void
  /** Repeats the last leaf to the end: O(depth) hashes, and one for each kept node. Throws {@link TraceError} `NO_LEAF`. */
  finish(): PaddedTree
}

/** Memory while it streams: 32 bytes for each height, and for every 2^base leaves. */
export function createPaddedTreeBuilder(depth: number, base: number): PaddedTreeBuilder {
  // pending[h]: the left sibling at height h of what comes next, when bit h of `count` is set; of the last leaf's path otherwise.
  const pending: Uint8Array[] = []
  const kept = createHashList()
  const capacity = 2 ** depth
  let count = 0
  let last: Uint8Array | undefined

  return {
    get count() {
      return count
    },
    append(leaf) {
      if (count === capacity)
        throw new TraceError('TREE_FULL', `a tree of depth ${depth} is full`, { details: { depth } })
      let index = count++
      let node: Uint8Array = leaf.slice()
      last = node
      let height = 0
      for (; index % 2 === 1; height++) {
        if (height === base) kept.push(node)
        node = merkleNode(pending[height]!, node)
        index = (index - 1) / 2
      }
      if (height === base) kept.push(node)
      pending[height] = node
    },
    finish() {
      if (last === undefined) throw new TraceError('NO_LEAF', 'a tree needs a leaf to repeat')
      const nodes = kept.copy()
      if (count % 2 ** base !== 0) nodes.push(edgeNode(pending, count - 1, last, base))
      return createPaddedTree({ depth, base, nodes, lastLeaf: last })
    },
  }
}

/** The node at `height` above leaf `index`, the last given one. */
function edgeNode(pending: readonly Uint8Array[], index: number, leaf: Uint8Array, height: number): Uint8Array {
  let node = leaf
  let padding = leaf
  for (let h = 0; h < height; h++) {
    const isRight = Math.floor(index / 2 ** h) % 2 === 1
    node = isRight ? merkleNode(pending[h]!, node) : merkleNode(node, padding)
    padding = merkleNode(padding, padding)
  }
  return node
}

/** What a {@link PaddedTree} is made of: `nodes` at height `base` above the given leaves (at least one), and the leaf that is repeated. */
export interface PaddedTreeParts {
  readonly depth: number
  readonly base: number
  readonly nodes: HashList
  readonly lastLeaf: Uint8Array
}

/** The tree with these parts: as many hashes as it has nodes above `base`, and one for each height. Throws {@link TraceError} `NO_LEAF`, `TREE_FULL`. */
export function createPaddedTree({ depth, base, nodes, lastLeaf }: PaddedTreeParts): PaddedTree {
  if (nodes.length === 0) throw new TraceError('NO_LEAF', 'a tree needs a leaf to repeat')
  if (nodes.length > 2 ** (depth - base)) {
    throw new TraceError('TREE_FULL', `a tree of depth ${depth} is full`, { details: { depth, nodes: nodes.length } })
  }
  const padding = [lastLeaf]
  for (let height = 0; height < depth; height++) padding.push(merkleNode(padding[height]!, padding[height]!))
  // levels[i]: nodes at height base + i above a given leaf.
  const levels = [nodes]
  for (let height = base; height < depth; height++) {
    const below = levels[height - base]!
    const level = createHashList()
    for (let i = 0; i < below.length; i += 2) {
      level.push(merkleNode(below.at(i), i + 1 < below.length ? below.at(i + 1) : padding[height]!))
    }
    levels.push(level)
  }
  return {
    depth,
    base,
    nodes,
    root: levels[depth - base]!.at(0),
    padding: (height) => padding[height]!,
    node(height, position) {
      requireNode(depth, height, position)
      if (height >= base) {
        const level = levels[height - base]!
        return position < level.length ? level.at(position) : padding[height]!
      }
      throw new TraceError('NODE_NOT_KEPT', 'nodes below the base are not kept', {
        details: { height, position, base },
      })
    },
  }
}

/** Throws {@link TraceError} `NO_SUCH_NODE` unless a tree of this depth has the node. */
export function requireNode(depth: number, height: number, position: number): void {
  const isHeight = Number.isInteger(height) && height >= 0 && height <= depth
  if (isHeight && Number.isInteger(position) && position >= 0 && position < 2 ** (depth - height)) return
  throw new TraceError('NO_SUCH_NODE', 'the tree has no such node', { details: { depth, height, position } })
}
