import { keccak256 } from '@crema/protocol'
import { emptyRoot, type HashNode, type LoadedNode, type Trie, type TrieNode } from './node.ts'
import { writeHexPrefix } from './path.ts'

/** keccak256 of the root node; hashes what has no hash yet, once. */
export function rootHash(trie: Trie): Uint8Array {
  if (trie === undefined) return emptyRoot
  const ref = refOf(trie)
  return ref.length === 33 ? ref.slice(1) : keccak256(ref)
}

/** How a parent refers to the node: see `ref` of `TrieNode`. */
export function refOf(node: TrieNode): Uint8Array {
  if (node.ref !== undefined) return node.ref
  // Lengths first: they hash the children, which use the same scratch space.
  const length = encodedLength(node as LoadedNode)
  const space = length <= scratch.length ? scratch : new Uint8Array(length)
  write(node as LoadedNode, length, space)
  const bytes = space.subarray(0, length)
  const ref = length < 32 ? bytes.slice() : hashRef(keccak256(bytes))
  ;(node as LoadedNode).ref = ref
  return ref
}

/** RLP of a node (yellow paper, appendix D). */
export function encodeNode(node: Exclude<TrieNode, HashNode>): Uint8Array {
  const length = encodedLength(node)
  const bytes = new Uint8Array(length)
  write(node, length, bytes)
  return bytes
}

/** 0xa0 ‖ hash */
export function hashRef(hash: Uint8Array): Uint8Array {
  const ref = new Uint8Array(33)
  ref[0] = 0xa0
  ref.set(hash, 1)
  return ref
}

const scratch = new Uint8Array(1024)

function encodedLength(node: LoadedNode): number {
  const content = contentLength(node)
  return content + headerLength(content)
}

function contentLength(node: LoadedNode): number {
  if (node.kind === 'leaf') return pathLength(node.path) + stringLength(node.value)
  if (node.kind === 'extension') return pathLength(node.path) + refOf(node.child).length
  let length = 17
  for (const child of node.children) if (child !== undefined) length += refOf(child).length - 1
  return length
}

function write(node: LoadedNode, length: number, target: Uint8Array): void {
  let offset = writeHeader(length, target)
  if (node.kind === 'branch') {
    for (const child of node.children) {
      if (child === undefined) {
        target[offset++] = 0x80
      } else {
        target.set(child.ref!, offset)
        offset += child.ref!.length
      }
    }
    target[offset] = 0x80
    return
  }
  if (node.path.length > 1) target[offset++] = 0x81 + (node.path.length >> 1)
  offset = writeHexPrefix(node.path, node.kind === 'leaf', target, offset)
  if (node.kind === 'leaf') writeString(node.value, target, offset)
  else target.set(node.child.ref!, offset)
}

/** The header of a list that takes `total` bytes with it. */
function writeHeader(total: number, target: Uint8Array): number {
  if (total <= 56) {
    target[0] = 0xc0 + total - 1
    return 1
  }
  let size = 1
  while (total - 1 - size >= 256 ** size) size++
  target[0] = 0xf7 + size
  writeInteger(total - 1 - size, size, target, 1)
  return 1 + size
}

function writeString(value: Uint8Array, target: Uint8Array, offset: number): void {
  const length = value.length
  if (length > 55) {
    const size = integerSize(length)
    target[offset++] = 0xb7 + size
    writeInteger(length, size, target, offset)
    offset += size
  } else if (length !== 1 || value[0]! >= 0x80) {
    target[offset++] = 0x80 + length
  }
  target.set(value, offset)
}

function writeInteger(value: number, size: number, target: Uint8Array, offset: number): void {
  for (let i = size - 1; i >= 0; i--) {
    target[offset + i] = value & 255
    value = Math.floor(value / 256)
  }
}

function pathLength(path: Uint8Array): number {
  const bytes = 1 + (path.length >> 1)
  return bytes === 1 ? 1 : bytes + 1
}

function stringLength(value: Uint8Array): number {
  if (value.length === 1 && value[0]! < 0x80) return 1
  return value.length + headerLength(value.length)
}

function headerLength(content: number): number {
  return content <= 55 ? 1 : 1 + integerSize(content)
}

function integerSize(value: number): number {
  let size = 1
  while (value >= 256 ** size) size++
  return size
}
