import { hexToBytes } from '@crema/protocol'

/** Reads nodes by hash; `StateReader` of @crema/protocol is one. */
export interface NodeStore {
  /** RLP of the node with this keccak256, or undefined. */
  node(hash: Uint8Array): Uint8Array | undefined
}

interface Memo {
  /** How a parent refers to the node: its RLP if that is shorter than 32 bytes, else 0xa0 ‖ hash. Undefined until it is asked for. */
  ref: Uint8Array | undefined
  /** Whether a store holds the node: it was read from one or handed out by `commit`. */
  stored: boolean
}

/** The end of a key and its value; the path holds one nibble per byte. */
export interface LeafNode extends Memo {
  readonly kind: 'leaf'
  readonly path: Uint8Array
  readonly value: Uint8Array
}

/** Nibbles that all keys below share; the child is a branch. */
export interface ExtensionNode extends Memo {
  readonly kind: 'extension'
  readonly path: Uint8Array
  readonly child: TrieNode
}

/** Sixteen children, at least two of them present. Values in branches do not exist: no key of our tries is a prefix of another. */
export interface BranchNode extends Memo {
  readonly kind: 'branch'
  readonly children: readonly (TrieNode | undefined)[]
}

/** A node of the store, read when first visited and kept from then on. */
export interface HashNode {
  readonly kind: 'hash'
  readonly ref: Uint8Array
  loaded: LoadedNode | undefined
}

export type LoadedNode = LeafNode | ExtensionNode | BranchNode

/**
 * A node and all below it. Nodes are never changed, only their memos (hash, loaded node) are filled in: operations return new roots that share
 * the untouched nodes with the old one, so keeping the old root is all that a revert needs.
 */
export type TrieNode = LoadedNode | HashNode

/** The root of a trie; undefined is the empty trie. Memory: what was visited stays loaded as long as the root is held. */
export type Trie = TrieNode | undefined

/** Hash of the empty trie: keccak256(rlp("")). */
export const emptyRoot: Uint8Array = hexToBytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421')

export function leafNode(path: Uint8Array, value: Uint8Array): LeafNode {
  return { kind: 'leaf', path, value, ref: undefined, stored: false }
}

export function extensionNode(path: Uint8Array, child: TrieNode): ExtensionNode {
  return { kind: 'extension', path, child, ref: undefined, stored: false }
}

export function branchNode(children: readonly (TrieNode | undefined)[]): BranchNode {
  return { kind: 'branch', children, ref: undefined, stored: false }
}

/** `ref` is 0xa0 ‖ hash. */
export function hashNode(ref: Uint8Array): HashNode {
  return { kind: 'hash', ref, loaded: undefined }
}
