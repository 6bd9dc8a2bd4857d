import { concatBytes } from '@crema/protocol'
import { encodeNode } from './hash.ts'
import type { BranchNode, LoadedNode, NodeStore, Trie, TrieNode } from './node.ts'
import { commonPrefix } from './path.ts'
import { onlyOther } from './remove.ts'
import { resolve, resolveBranch } from './resolve.ts'

/**
 * What `Mpt.get` needs for `path` (nibbles): the RLP of the nodes it visits, in that order, without framing. Nodes inside their parents
 * are not repeated; the proof for an empty trie is empty. Shows absence as well as presence. Throws `MissingNodeError`, `TrieError`.
 */
export function proveGet(store: NodeStore, trie: Trie, path: Uint8Array): Uint8Array {
  return concatBytes(...walk(store, trie, path).nodes)
}

/**
 * What `Mpt.set` needs to write `value` at `path`: the read's proof, followed by the last child of a branch that the removal of `path` leaves with one child.
 */
export function proveSet(store: NodeStore, trie: Trie, path: Uint8Array, value: Uint8Array): Uint8Array {
  const { nodes, parent, depth, isPresent } = walk(store, trie, path)
  if (value.length > 0 || !isPresent || parent === undefined) return concatBytes(...nodes)
  const other = onlyOther(parent, path[depth - 1]!)
  if (other !== undefined) visit(store, parent.children[other]!, depth, nodes)
  return concatBytes(...nodes)
}

interface Walk {
  readonly nodes: Uint8Array[]
  /** The last branch visited and the depth below it. */
  readonly parent: BranchNode | undefined
  readonly depth: number
  readonly isPresent: boolean
}

function walk(store: NodeStore, trie: Trie, path: Uint8Array): Walk {
  const nodes: Uint8Array[] = []
  let parent: BranchNode | undefined
  let branchDepth = 0
  let depth = 0
  let next = trie
  while (next !== undefined) {
    const node = visit(store, next, depth, nodes)
    if (node.kind === 'branch') {
      parent = node
      next = node.children[path[depth]!]
      branchDepth = ++depth
      continue
    }
    const isShared = commonPrefix(node.path, path, depth) === node.path.length
    if (node.kind === 'leaf') return { nodes, parent, depth: branchDepth, isPresent: isShared }
    depth += node.path.length
    next = isShared ? resolveBranch(store, node, depth) : undefined
  }
  return { nodes, parent, depth: branchDepth, isPresent: false }
}

/** Resolves a node and adds its RLP unless it stands in its parent. */
function visit(store: NodeStore, node: TrieNode, depth: number, nodes: Uint8Array[]): LoadedNode {
  const loaded = resolve(store, node, depth)
  const bytes = encodeNode(loaded)
  if (nodes.length === 0 || bytes.length >= 32) nodes.push(bytes)
  return loaded
}
