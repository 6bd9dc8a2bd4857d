import { concatBytes, hexToBytes, keccak256, tags } from '@crema/protocol'
import { refOf } from '../../trie/hash.ts'
import { branchNode, extensionNode, hashNode, leafNode } from '../../trie/node.ts'
import type { LeafPlace } from './key-order.ts'

/** A branch that later leaves may still reach. */
export interface OpenBranch {
  /** Nibbles of the key above it. */
  readonly depth: number
  /** How it will refer to its 16 children: 0xa0 ‖ hash, or a node of less than 32 bytes. */
  readonly children: readonly (Uint8Array | undefined)[]
}

/** The branches on the way from the root to the last leaf that are not complete, the root's first. Twin of `OpenTrie.sol`. */
export type OpenTrie = readonly OpenBranch[]

/** Before the first leaf. */
export const emptyOpenTrie: OpenTrie = []

/** The trie after a leaf; `root` is its root hash once the leaf was the last. */
export interface OpenTrieStep {
  readonly open: OpenTrie
  readonly root: Uint8Array | undefined
}

/** How a parent refers to the leaf with this value at `place`. */
export function leafRef({ key, depth }: LeafPlace, value: Uint8Array): Uint8Array {
  return refOf(leafNode(key.subarray(depth), value))
}

/**
 * Adds the next leaf in key order. Branches that the next key does not reach are complete: each becomes a child of the one above, which is opened
 * if the next key parts there, with an extension between if they are more than a nibble apart.
 */
export function addLeaf(open: OpenTrie, { key, after }: LeafPlace, leaf: Uint8Array): OpenTrieStep {
  const branches = [...open]
  let ref = leaf
  while (true) {
    const depth = Math.max(branches.at(-1)?.depth ?? -1, after)
    if (depth < 0) return { open: emptyOpenTrie, root: ref.length === 33 ? ref.slice(1) : keccak256(ref) }
    const top = branches.at(-1)?.depth === depth ? branches.pop()! : { depth, children: noChildren }
    const branch = { depth, children: top.children.with(key[depth]!, ref) }
    if (depth <= after) return { open: [...branches, branch], root: undefined }
    const above = Math.max(branches.at(-1)?.depth ?? -1, after)
    ref = closeBranch(branch, key.subarray(above + 1, depth))
  }
}

/**
 * Its words (docs/protocol/machine.md, Seal): the number of branches, then for each `depth | children << 8 | inline << 24` and its children. A child
 * is its hash, or, where its bit in `inline` is set, its bytes with zeros behind.
 */
export function openTrieWords(open: OpenTrie): Uint8Array[] {
  return [numberWord(open.length), ...open.flatMap(branchWords)]
}

/** `H(openTrie, words)` */
export function openTrieHash(open: OpenTrie): Uint8Array {
  return keccak256(concatBytes(tag, ...openTrieWords(open)))
}

const tag = hexToBytes(tags.openTrie)

const noChildren: readonly (Uint8Array | undefined)[] = new Array<undefined>(16).fill(undefined)

function closeBranch({ children }: OpenBranch, path: Uint8Array): Uint8Array {
  const ref = refOf(branchNode(children.map((child) => child && hashNode(child))))
  return path.length === 0 ? ref : refOf(extensionNode(path, hashNode(ref)))
}

function branchWords({ depth, children }: OpenBranch): Uint8Array[] {
  let present = 0
  let inline = 0
  const words: Uint8Array[] = []
  for (const [nibble, ref] of children.entries()) {
    if (ref === undefined) continue
    present |= 1 << nibble
    if (ref.length < 33) inline |= 1 << nibble
    const word = new Uint8Array(32)
    word.set(ref.length < 33 ? ref : ref.subarray(1))
    words.push(word)
  }
  return [numberWord(depth + present * 2 ** 8 + inline * 2 ** 24), ...words]
}

function numberWord(value: number): Uint8Array {
  const word = new Uint8Array(32)
  new DataView(word.buffer).setBigUint64(24, BigInt(value))
  return word
}
