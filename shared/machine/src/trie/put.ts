import { bytesEqual } from '@crema/protocol'
import {
  type BranchNode,
  branchNode,
  type ExtensionNode,
  extensionNode,
  type LeafNode,
  leafNode,
  type NodeStore,
  type Trie,
  type TrieNode,
} from './node.ts'
import { commonPrefix, keyIsPrefix, requireNoPrefix } from './path.ts'
import { isSame, resolve, resolveBranch } from './resolve.ts'

/**
 * The trie with `value`, which is not empty, at `path` (nibbles); the same object when nothing changes. Twin of `MptPut.put`. Keeps `value` and
 * `path`: neither may change later. Throws `MissingNodeError`, `TrieError`.
 */
export function put(store: NodeStore, trie: Trie, path: Uint8Array, value: Uint8Array): TrieNode {
  if (trie === undefined) return leafNode(path, value)
  const next = putBelow(store, trie, path, 0, value)
  return isSame(trie, next) ? trie : next
}

function putBelow(store: NodeStore, node: TrieNode, path: Uint8Array, depth: number, value: Uint8Array): TrieNode {
  const here = resolve(store, node, depth)
  if (here.kind === 'leaf') return putAtLeaf(here, path, depth, value)
  if (here.kind === 'extension') return putAtExtension(store, here, path, depth, value)
  if (depth === path.length) throw keyIsPrefix(0)
  const nibble = path[depth]!
  const child = here.children[nibble]
  const next =
    child === undefined ? leafNode(path.subarray(depth + 1), value) : putBelow(store, child, path, depth + 1, value)
  return child !== undefined && isSame(child, next) ? here : withChild(here, nibble, next)
}

function putAtLeaf(leaf: LeafNode, path: Uint8Array, depth: number, value: Uint8Array): TrieNode {
  const shared = commonPrefix(leaf.path, path, depth)
  const left = path.length - depth
  requireNoPrefix(shared, leaf.path.length, left)
  if (shared === left) return bytesEqual(leaf.value, value) ? leaf : leafNode(leaf.path, value)
  const moved = leafNode(leaf.path.subarray(shared + 1), leaf.value)
  return split(leaf.path, shared, moved, path, depth, value)
}

function putAtExtension(
  store: NodeStore,
  extension: ExtensionNode,
  path: Uint8Array,
  depth: number,
  value: Uint8Array,
): TrieNode {
  const shared = commonPrefix(extension.path, path, depth)
  if (shared === path.length - depth) throw keyIsPrefix(shared)
  if (shared === extension.path.length) {
    const next = putBelow(store, resolveBranch(store, extension, depth + shared), path, depth + shared, value)
    return isSame(extension.child, next) ? extension : extensionNode(extension.path, next)
  }
  const rest = extension.path.subarray(shared + 1)
  const moved = rest.length === 0 ? extension.child : extensionNode(rest, extension.child)
  return split(extension.path, shared, moved, path, depth, value)
}

/** A branch after `shared` nibbles of `oldPath`, with what was there (`moved`) and a new leaf. Twin of `MptPut.split`. */
function split(
  oldPath: Uint8Array,
  shared: number,
  moved: TrieNode,
  path: Uint8Array,
  depth: number,
  value: Uint8Array,
): TrieNode {
  const children = new Array<TrieNode | undefined>(16).fill(undefined)
  children[oldPath[shared]!] = moved
  children[path[depth + shared]!] = leafNode(path.subarray(depth + shared + 1), value)
  const branch = branchNode(children)
  return shared === 0 ? branch : extensionNode(oldPath.subarray(0, shared), branch)
}

/** `branch` with another child. */
export function withChild(branch: BranchNode, nibble: number, child: TrieNode | undefined): BranchNode {
  const children = branch.children.slice()
  children[nibble] = child
  return branchNode(children)
}
