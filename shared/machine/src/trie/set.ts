import type { NodeStore, Trie } from './node.ts'
import { put } from './put.ts'
import { remove } from './remove.ts'

/** The trie with `value` at `path` (nibbles); an empty value removes the key. Twin of `Mpt.set`. */
export function set(store: NodeStore, trie: Trie, path: Uint8Array, value: Uint8Array): Trie {
  return value.length === 0 ? remove(store, trie, path) : put(store, trie, path, value)
}
