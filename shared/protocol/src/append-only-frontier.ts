import { bytesToHex, hexToBytes } from './bytes.ts'
import { limits } from './constants.ts'
import { CremaError } from './errors.ts'
import { emptySubtrees, merkleNode } from './merkle.ts'
import type { Hash } from './types/hex.ts'

/**
 * What a follower keeps of an append-only tree: the left siblings of the next leaf. Immutable; at most 32 hashes. Twin of
 * `AppendOnlyTree.Tree`, but for stale entries, which are undefined here.
 */
export interface Frontier {
  /** Leaves so far. */
  readonly count: number
  /** Entry h is the left sibling at height h when bit h of `count` is set, else undefined. */
  readonly nodes: readonly (Hash | undefined)[]
}

/** The tree without leaves. */
export const emptyFrontier: Frontier = { count: 0, nodes: [] }

/** The tree with one more leaf, which carries a tag of its own. Throws {@link CremaError} `TREE_FULL` at 2^32 - 1 leaves. */
export function appendToFrontier(frontier: Frontier, leaf: Hash): Frontier {
  assertRoom(frontier.count)
  const nodes = [...frontier.nodes]
  let height = 0
  let current = hexToBytes(leaf)
  for (let size = frontier.count; size % 2 === 1; size = Math.floor(size / 2)) {
    current = merkleNode(hexToBytes(nodes[height]!), current)
    nodes[height++] = undefined
  }
  nodes[height] = bytesToHex(current)
  return { count: frontier.count + 1, nodes }
}

/** Root over all leaves so far; `z[32]` without any. */
export function frontierRoot(frontier: Frontier): Hash {
  let current = emptySubtrees[0]!
  for (let height = 0; height < limits.appendOnlyTreeDepth; height++) {
    const left = frontier.nodes[height]
    current = left === undefined ? merkleNode(current, emptySubtrees[height]!) : merkleNode(hexToBytes(left), current)
  }
  return bytesToHex(current)
}

/** Throws {@link CremaError} `TREE_FULL` when a tree of `count` leaves takes no more. */
export function assertRoom(count: number): void {
  if (count >= 2 ** limits.appendOnlyTreeDepth - 1) {
    throw new CremaError('TREE_FULL', 'the append-only tree is full', { details: { count } })
  }
}
