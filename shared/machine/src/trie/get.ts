import type { NodeStore, Trie } from './node.ts'
import { commonPrefix, keyIsPrefix, requireNoPrefix } from './path.ts'
import { resolve, resolveBranch } from './resolve.ts'

/**
 * The value at `path` (nibbles), or undefined. Twin of `Mpt.get`. Throws `MissingNodeError`, `TrieError`.
 */
export function get(store: NodeStore, trie: Trie, path: Uint8Array): Uint8Array | undefined {
  let next = trie
  let depth = 0
  while (next !== undefined) {
    const node = resolve(store, next, depth)
    if (node.kind === 'branch') {
      if (depth === path.length) throw keyIsPrefix(0)
      next = node.children[path[depth++]!]
      continue
    }
    const shared = commonPrefix(node.path, path, depth)
    const left = path.length - depth
    if (node.kind === 'leaf') {
      requireNoPrefix(shared, node.path.length, left)
      return shared === left ? node.value : undefined
    }
    if (shared === left) throw keyIsPrefix(left)
    if (shared < node.path.length) return undefined
    depth += shared
    next = resolveBranch(store, node, depth)
  }
  return undefined
}
