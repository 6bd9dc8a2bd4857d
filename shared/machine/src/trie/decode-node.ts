import { TrieError } from './errors.ts'
import { branchNode, extensionNode, hashNode, type LoadedNode, leafNode, type TrieNode } from './node.ts'
import { readHexPrefix } from './path.ts'

/** Where an RLP item's content lies and whether it is a list. */
interface Item {
  readonly isList: boolean
  readonly start: number
  readonly end: number
}

/**
 * The node whose RLP is all of `bytes`; children and values are views of it. Twin of `MptNode.sol`. Throws {@link TrieError} `BAD_NODE` or `BAD_PATH` for
 * everything but a canonical node: RLP in its shortest form, 2 or 17 items, no value in a branch, at least two children, no empty value or extension.
 */
export function decodeNode(bytes: Uint8Array): LoadedNode {
  const { isList, start, end } = readItem(bytes, 0, bytes.length)
  if (!isList) throw malformed('not a list', 0)
  if (end !== bytes.length) throw malformed('bytes after the node', end)
  return decodeList(bytes, start, end)
}

function decodeList(bytes: Uint8Array, start: number, end: number): LoadedNode {
  const first = readItem(bytes, start, end)
  const second = readItem(bytes, first.end, end)
  return second.end === end ? decodeShort(bytes, first, second) : decodeBranch(bytes, start, end)
}

function decodeShort(bytes: Uint8Array, first: Item, second: Item): LoadedNode {
  if (first.isList) throw malformed('path is a list', first.start)
  const { isLeaf, path } = readHexPrefix(bytes, first.start, first.end)
  if (isLeaf) {
    if (second.isList || second.start === second.end) throw malformed('leaf without a value', second.start)
    return leafNode(path, bytes.subarray(second.start, second.end))
  }
  const child = decodeChild(bytes, first.end, second)
  if (path.length === 0 || child === undefined) throw malformed('extension without path or child', first.start)
  if (child.kind === 'leaf' || child.kind === 'extension') throw malformed('child of extension', second.start)
  return extensionNode(path, child)
}

function decodeBranch(bytes: Uint8Array, start: number, end: number): LoadedNode {
  const children = new Array<TrieNode | undefined>(16)
  let offset = start
  let count = 0
  for (let i = 0; i < 16; i++) {
    const item = readItem(bytes, offset, end)
    const child = decodeChild(bytes, offset, item)
    children[i] = child
    if (child !== undefined) count++
    offset = item.end
  }
  if (offset + 1 !== end || bytes[offset] !== 0x80) throw malformed('value in a branch', offset)
  if (count < 2) throw malformed('branch with fewer than two children', start)
  return branchNode(children)
}

/** The child whose encoding starts at `offset`: nothing, a hash, or a node shorter than one. */
function decodeChild(bytes: Uint8Array, offset: number, { isList, start, end }: Item): TrieNode | undefined {
  if (isList) {
    if (end - offset >= 32) throw malformed('inline node of 32 bytes or more', offset)
    const node = decodeList(bytes, start, end)
    node.ref = bytes.subarray(offset, end)
    node.stored = true
    return node
  }
  if (end === start) return undefined
  if (end - start !== 32) throw malformed('child is neither node nor hash', offset)
  return hashNode(bytes.subarray(offset, end))
}

function readItem(bytes: Uint8Array, offset: number, limit: number): Item {
  if (offset >= limit) throw malformed('too few items', offset)
  const prefix = bytes[offset]!
  if (prefix < 0x80) return { isList: false, start: offset, end: offset + 1 }
  const isList = prefix >= 0xc0
  const short = prefix - (isList ? 0xc0 : 0x80)
  let start = offset + 1
  let length = short
  if (short > 55) {
    const size = short - 55
    if (size > 4 || start + size > limit || bytes[start] === 0) throw malformed('bad length', offset)
    length = 0
    for (let i = 0; i < size; i++) length = length * 256 + bytes[start + i]!
    if (length < 56) throw malformed('length in a longer form than needed', offset)
    start += size
  }
  const end = start + length
  if (end > limit) throw malformed('item beyond its list', offset)
  if (!isList && length === 1 && bytes[start]! < 0x80) throw malformed('byte in a longer form than needed', offset)
  return { isList, start, end }
}

function malformed(what: string, offset: number): TrieError {
  return new TrieError('BAD_NODE', `malformed trie node: ${what}`, { details: { offset } })
}
