import { decodeNode } from './decode-node.ts'
import { MissingNodeError, TrieError } from './errors.ts'
import { hashRef } from './hash.ts'
import {
  type BranchNode,
  type ExtensionNode,
  emptyRoot,
  type HashNode,
  hashNode,
  type LoadedNode,
  type NodeStore,
  type Trie,
  type TrieNode,
} from './node.ts'

/** The trie with this root hash; nothing is read yet. */
export function openTrie(root: Uint8Array): Trie {
  return Buffer.compare(root, emptyRoot) === 0 ? undefined : hashNode(hashRef(root))
}

/**
 * The node itself, read from the store if need be. Twin of `MptProof.sol`. `depth` is the number of nibbles above it. Throws {@link MissingNodeError}, or
 * {@link TrieError} `BAD_NODE`, `BAD_PATH` for stored bytes that are no canonical node. Bytes are not hashed again: the store answers for that.
 */
export function resolve(store: NodeStore, node: TrieNode, depth: number): LoadedNode {
  if (node.kind !== 'hash') return node
  node.loaded ??= load(store, node, depth)
  return node.loaded
}

/** The branch below an extension. `depth` is the number of nibbles above the branch. Throws as {@link resolve}. */
export function resolveBranch(store: NodeStore, extension: ExtensionNode, depth: number): BranchNode {
  const child = resolve(store, extension.child, depth)
  if (child.kind !== 'branch') {
    throw new TrieError('BAD_NODE', 'the child of an extension is not a branch', { details: { depth } })
  }
  return child
}

/** Whether `after` is `before`, or what it was read as. */
export function isSame(before: TrieNode, after: Trie): boolean {
  return before === after || (before.kind === 'hash' && before.loaded !== undefined && before.loaded === after)
}

function load(store: NodeStore, node: HashNode, depth: number): LoadedNode {
  const hash = node.ref.subarray(1)
  const bytes = store.node(hash)
  if (bytes === undefined) throw new MissingNodeError(hash, depth)
  if (bytes.length < 32 && depth > 0) {
    throw new TrieError('BAD_NODE', 'a node below the root is shorter than its hash', { details: { depth } })
  }
  const loaded = decodeNode(bytes)
  loaded.ref = bytes.length < 32 ? bytes : node.ref
  loaded.stored = true
  return loaded
}
