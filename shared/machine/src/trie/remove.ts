import {
  type BranchNode,
  type ExtensionNode,
  extensionNode,
  leafNode,
  type NodeStore,
  type Trie,
  type TrieNode,
} from './node.ts'
import { commonPrefix, concatPath, joinPath, keyIsPrefix, requireNoPrefix } from './path.ts'
import { withChild } from './put.ts'
import { isSame, resolve, resolveBranch } from './resolve.ts'

/**
 * The trie without the key at `path` (nibbles); the same object when it has none. Twin of `MptRemove.remove`. A branch left with one
 * child joins with it, for which that child is read. Throws `MissingNodeError`, `TrieError`.
 */
export function remove(store: NodeStore, trie: Trie, path: Uint8Array): Trie {
  if (trie === undefined) return undefined
  const next = removeBelow(store, trie, path, 0)
  return isSame(trie, next) ? trie : next
}

function removeBelow(store: NodeStore, node: TrieNode, path: Uint8Array, depth: number): Trie {
  const here = resolve(store, node, depth)
  if (here.kind === 'branch') return removeAtBranch(store, here, path, depth)
  const shared = commonPrefix(here.path, path, depth)
  const left = path.length - depth
  if (here.kind === 'leaf') {
    requireNoPrefix(shared, here.path.length, left)
    return shared === left ? undefined : here
  }
  if (shared === left) throw keyIsPrefix(left)
  return shared < here.path.length ? here : removeAtExtension(store, here, path, depth)
}

function removeAtExtension(store: NodeStore, here: ExtensionNode, path: Uint8Array, depth: number): TrieNode {
  const below = depth + here.path.length
  const next = removeAtBranch(store, resolveBranch(store, here, below), path, below)
  if (isSame(here.child, next)) return here
  // A changed child was made by this removal, so it is loaded.
  if (next.kind === 'leaf') return leafNode(concatPath(here.path, next.path), next.value)
  if (next.kind === 'extension') return extensionNode(concatPath(here.path, next.path), next.child)
  return extensionNode(here.path, next)
}

function removeAtBranch(store: NodeStore, here: BranchNode, path: Uint8Array, depth: number): TrieNode {
  if (depth === path.length) throw keyIsPrefix(0)
  const nibble = path[depth]!
  const child = here.children[nibble]
  if (child === undefined) return here
  const next = removeBelow(store, child, path, depth + 1)
  if (next !== undefined) return isSame(child, next) ? here : withChild(here, nibble, next)
  const other = onlyOther(here, nibble)
  return other === undefined ? withChild(here, nibble, undefined) : collapse(store, here, other, depth)
}

/** The nibble of the one child beside `nibble`, or undefined when there are more. */
export function onlyOther(branch: BranchNode, nibble: number): number | undefined {
  let found: number | undefined
  for (let i = 0; i < 16; i++) {
    if (i === nibble || branch.children[i] === undefined) continue
    if (found !== undefined) return undefined
    found = i
  }
  return found
}

/** What stands for a branch whose only child is at `nibble`. Twin of `MptRemove.collapse`. */
function collapse(store: NodeStore, branch: BranchNode, nibble: number, depth: number): TrieNode {
  const child = branch.children[nibble]!
  const sibling = resolve(store, child, depth + 1)
  if (sibling.kind === 'leaf') return leafNode(joinPath(noPath, nibble, sibling.path), sibling.value)
  if (sibling.kind === 'extension') return extensionNode(joinPath(noPath, nibble, sibling.path), sibling.child)
  return extensionNode(Uint8Array.of(nibble), child)
}

const noPath = new Uint8Array(0)
