import { bytesToHex, hexToBytes } from './bytes.ts'
import { hashNodeBytes } from './hash.ts'
import { tags } from './tags.ts'
import type { Hash } from './types/hex.ts'

const nodeTag = hexToBytes(tags.node)

/** Inner node of every tree of the protocol: `H(node, left, right)` on bytes. */
export function merkleNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hashNodeBytes(nodeTag, left, right)
}

/** `z[0] = 0`, `z[i + 1] = H(node, z[i], z[i])`: roots of empty trees of depth 0 to 32 (docs/protocol/hashing.md). */
export const emptySubtrees: readonly Uint8Array[] = Array.from({ length: 33 }).reduce<Uint8Array[]>(
  (roots) => [...roots, roots.length === 0 ? new Uint8Array(32) : merkleNode(roots.at(-1)!, roots.at(-1)!)],
  [],
)

/** `z[32]`, the root of an append-only tree without leaves. */
export const emptyTreeRoot: Hash = bytesToHex(emptySubtrees[32]!)

/** Root of a tree of `depth` levels whose first leaves are `leaves` and whose other leaves are empty. At most 2^depth leaves. */
export function merkleRoot(leaves: readonly Hash[], depth: number): Hash {
  return bytesToHex(levelsOf(leaves, depth)[depth]![0] ?? emptySubtrees[depth]!)
}

/** Siblings of leaf `index` from the leaf up, in a tree of `depth` levels as {@link merkleRoot} builds it. */
export function merkleProof(leaves: readonly Hash[], depth: number, index: number): Hash[] {
  const levels = levelsOf(leaves, depth)
  return emptySubtrees
    .slice(0, depth)
    .map((empty, height) => bytesToHex(levels[height]![(index >> height) ^ 1] ?? empty))
}

/** Root that `leaf` at `index` and its siblings, from the leaf up, lead to. Twin of `AppendOnlyTree.rootOf`. */
export function rootOf(leaf: Hash, index: number | bigint, siblings: readonly Hash[]): Hash {
  let position = BigInt(index)
  let current = hexToBytes(leaf)
  for (const sibling of siblings) {
    const other = hexToBytes(sibling)
    current = position & 1n ? merkleNode(other, current) : merkleNode(current, other)
    position >>= 1n
  }
  return bytesToHex(current)
}

/** Levels from the leaves up; each holds only its nodes above at least one leaf. */
function levelsOf(leaves: readonly Hash[], depth: number): Uint8Array[][] {
  const levels = [leaves.map(hexToBytes)]
  for (let height = 0; height < depth; height++) {
    const below = levels[height]!
    const level: Uint8Array[] = []
    for (let i = 0; i < below.length; i += 2) level.push(merkleNode(below[i]!, below[i + 1] ?? emptySubtrees[height]!))
    levels.push(level)
  }
  return levels
}
