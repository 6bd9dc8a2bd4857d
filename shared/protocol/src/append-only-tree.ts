import { assertRoom, type Frontier } from './append-only-frontier.ts'
import { bytesToHex, hexToBytes } from './bytes.ts'
import { limits } from './constants.ts'
import { CremaError } from './errors.ts'
import { emptySubtrees, merkleNode } from './merkle.ts'
import type { Hash } from './types/hex.ts'

const depth = limits.appendOnlyTreeDepth

/**
 * An append-only tree of depth 32 that keeps every complete inner node, so that it gives roots and proofs for any number of its
 * first leaves. An append hashes two nodes on average, a root or proof at most 32. About 64 bytes of memory for each leaf.
 */
export interface AppendOnlyTree {
  /** Leaves so far. */
  readonly count: number
  /** Appends a tagged leaf and returns its index. Throws {@link CremaError} `TREE_FULL`. */
  append(leaf: Hash): number
  /** Forgets the leaves from `count` on. Throws {@link CremaError} `NOT_IN_TREE` when there are fewer. */
  truncate(count: number): void
  /** Leaf at `index`. Throws {@link CremaError} `NOT_IN_TREE`. */
  leaf(index: number): Hash
  /** Root over the first `count` leaves (default: all). Throws {@link CremaError} `NOT_IN_TREE` when there are fewer. */
  root(count?: number): Hash
  /** 32 siblings, from the leaf up, of leaf `index` in the tree of the first `count` leaves. Throws `NOT_IN_TREE`. */
  proof(index: number, count?: number): Hash[]
  /** The same tree as followers keep it. */
  frontier(count?: number): Frontier
}

/** A tree of `leaves`. */
export function createTree(leaves: Iterable<Hash> = []): AppendOnlyTree {
  // levels[h][i] is the node over leaves [i * 2^h, (i + 1) * 2^h), kept once all of them exist.
  const levels: Uint8Array[][] = [[]]
  const size = () => levels[0]!.length

  function append(leaf: Hash): number {
    const index = size()
    assertRoom(index)
    let node = hexToBytes(leaf)
    for (let height = 0; ; height++) {
      if (height === levels.length) levels.push([])
      const level = levels[height]!
      level.push(node)
      if (level.length % 2 === 1) return index
      node = merkleNode(level.at(-2)!, level.at(-1)!)
    }
  }

  /** Node over leaves [i * 2^height, …) of which only the first `count` of the tree exist. */
  function nodeAt(height: number, i: number, count: number): Uint8Array {
    const width = 2 ** height
    if (i * width >= count) return emptySubtrees[height]!
    if ((i + 1) * width <= count) return levels[height]![i]!
    return merkleNode(nodeAt(height - 1, 2 * i, count), nodeAt(height - 1, 2 * i + 1, count))
  }

  function need(ok: boolean, details: Record<string, unknown>): void {
    if (!ok) throw new CremaError('NOT_IN_TREE', 'the tree has no such leaf', { details: { ...details, size: size() } })
  }

  for (const leaf of leaves) append(leaf)
  return {
    get count() {
      return size()
    },
    append,
    truncate(count) {
      need(isIndex(count) && count <= size(), { count })
      for (const [height, level] of levels.entries()) level.length = Math.floor(count / 2 ** height)
    },
    leaf(index) {
      need(isIndex(index) && index < size(), { index })
      return bytesToHex(levels[0]![index]!)
    },
    root(count = size()) {
      need(isIndex(count) && count <= size(), { count })
      return bytesToHex(nodeAt(depth, 0, count))
    },
    proof(index, count = size()) {
      need(isIndex(index) && isIndex(count) && index < count && count <= size(), { index, count })
      return Array.from({ length: depth }, (_, height) => {
        const sibling = Math.floor(index / 2 ** height)
        return bytesToHex(nodeAt(height, sibling % 2 === 0 ? sibling + 1 : sibling - 1, count))
      })
    },
    frontier(count = size()) {
      need(isIndex(count) && count <= size(), { count })
      const nodes: (Hash | undefined)[] = []
      for (let height = 0; 2 ** height <= count; height++) {
        const left = Math.floor(count / 2 ** height)
        nodes.push(left % 2 === 1 ? bytesToHex(levels[height]![left - 1]!) : undefined)
      }
      return { count, nodes }
    },
  }
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
