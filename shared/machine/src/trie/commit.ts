import { keccak256 } from '@crema/protocol'
import { encodeNode, rootHash } from './hash.ts'
import type { Trie, TrieNode } from './node.ts'

/** A root and the nodes that no store holds yet. */
export interface TrieCommit {
  readonly root: Uint8Array
  /** RLP by hex of its keccak256 without prefix, as `StateWrites.nodes`; a node stands after all below it. */
  readonly nodes: ReadonlyMap<string, Uint8Array>
}

/**
 * Hashes the trie and collects its new nodes. They count as stored from now on: a caller whose write fails must open the trie again from its old root.
 */
export function commit(trie: Trie): TrieCommit {
  const nodes = new Map<string, Uint8Array>()
  const root = rootHash(trie)
  if (trie !== undefined) collect(trie, nodes, true)
  return { root, nodes }
}

function collect(node: TrieNode, nodes: Map<string, Uint8Array>, isRoot: boolean): void {
  if (node.kind === 'hash' || node.stored) return
  const ref = node.ref!
  // A node inside its parent has no hashed node below it.
  if (ref.length < 32 && !isRoot) return
  if (node.kind === 'branch') {
    for (const child of node.children) if (child !== undefined) collect(child, nodes, false)
  } else if (node.kind === 'extension') {
    collect(node.child, nodes, false)
  }
  const hash = ref.length < 32 ? keccak256(ref) : ref.subarray(1)
  nodes.set(Buffer.from(hash.buffer, hash.byteOffset, 32).toString('hex'), encodeNode(node))
  node.stored = true
}
