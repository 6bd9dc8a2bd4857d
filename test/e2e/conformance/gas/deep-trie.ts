import { get, type NodeStore, put, type Trie } from '@crema/machine'

/** Nibbles that 2^64 hashes find: a branch at each of them, all of its children present, is the deepest way that anybody makes. */
export const LEVELS = 16

/** Such a value makes a leaf that its parent refers to by hash, and so the longest branch. */
const value = new Uint8Array(33).fill(0x81)

/**
 * The trie with every sibling of `path` down to `levels` nibbles: its way goes through that many full branches. The way to another key is not as deep.
 * A `pair` ends in a branch of two, the other one a full branch: what a removal that collapses it reads.
 */
export function deepen(store: NodeStore, trie: Trie, path: Uint8Array, pair = false, levels = LEVELS): Trie {
  let deep = trie
  const add = (other: Uint8Array): void => {
    if (get(store, deep, other) === undefined) deep = put(store, deep, other, value)
  }
  for (let depth = 0; depth < levels; depth++) {
    const isPair = pair && depth === levels - 1
    for (const nibble of isPair ? [path[depth]! ^ 1] : others(path[depth]!)) {
      if (!isPair) add(branchOff(path, depth, nibble))
      else for (let below = 0; below < 16; below++) add(branchOff(branchOff(path, depth, nibble), depth + 1, below))
    }
  }
  return deep
}

/** All nibbles but one. */
function others(nibble: number): number[] {
  return Array.from({ length: 16 }, (_, i) => i).filter((i) => i !== nibble)
}

function branchOff(path: Uint8Array, depth: number, nibble: number): Uint8Array {
  const other = path.slice()
  other[depth] = nibble
  return other
}
