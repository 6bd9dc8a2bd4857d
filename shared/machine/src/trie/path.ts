import { TrieError } from './errors.ts'

/** The nibbles of a key, high half first, one per byte. Twin of `MptPath.sol`. */
export function nibbles(key: Uint8Array): Uint8Array {
  const path = new Uint8Array(key.length * 2)
  for (let i = 0; i < key.length; i++) {
    const byte = key[i]!
    path[2 * i] = byte >> 4
    path[2 * i + 1] = byte & 15
  }
  return path
}

/** How many nibbles `node` and the rest of `path` from `depth` on have in common. */
export function commonPrefix(node: Uint8Array, path: Uint8Array, depth: number): number {
  const limit = Math.min(node.length, path.length - depth)
  let i = 0
  while (i < limit && node[i] === path[depth + i]) i++
  return i
}

/**
 * Throws {@link TrieError} `KEY_IS_PREFIX` when the nibbles `shared` by a node's path and the key end one of the two before the other: the keys of
 * Ethereum's tries are prefix-free, so this key belongs to another trie.
 */
export function requireNoPrefix(shared: number, nodeLength: number, left: number): void {
  if (nodeLength !== left && shared === Math.min(nodeLength, left)) throw keyIsPrefix(left)
}

/** @param left Nibbles of the key that were not yet used. */
export function keyIsPrefix(left: number): TrieError {
  return new TrieError('KEY_IS_PREFIX', 'no key may be a prefix of another', { details: { nibblesLeft: left } })
}

/** `head ‖ nibble ‖ tail` */
export function joinPath(head: Uint8Array, nibble: number, tail: Uint8Array): Uint8Array {
  const path = new Uint8Array(head.length + 1 + tail.length)
  path.set(head, 0)
  path[head.length] = nibble
  path.set(tail, head.length + 1)
  return path
}

/** `head ‖ tail` */
export function concatPath(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const path = new Uint8Array(head.length + tail.length)
  path.set(head, 0)
  path.set(tail, head.length)
  return path
}

/** Writes the hex-prefix encoding (yellow paper, appendix C) at `offset`, `1 + path.length / 2` bytes, and returns its end. */
export function writeHexPrefix(path: Uint8Array, isLeaf: boolean, target: Uint8Array, offset: number): number {
  const odd = path.length & 1
  target[offset++] = (isLeaf ? 0x20 : 0) | (odd === 1 ? 0x10 | path[0]! : 0)
  for (let i = odd; i < path.length; i += 2) target[offset++] = (path[i]! << 4) | path[i + 1]!
  return offset
}

/** The path of `bytes[start : end)` in hex-prefix encoding. Throws {@link TrieError} `BAD_PATH`. */
export function readHexPrefix(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly isLeaf: boolean; readonly path: Uint8Array } {
  const flag = start < end ? bytes[start]! : 0xff
  const odd = (flag >> 4) & 1
  if (flag > 0x3f || (odd === 0 && (flag & 15) !== 0)) {
    throw new TrieError('BAD_PATH', 'not a hex-prefix path', { details: { flag } })
  }
  const path = new Uint8Array(2 * (end - start - 1) + odd)
  if (odd === 1) path[0] = flag & 15
  for (let i = start + 1, at = odd; i < end; i++) {
    path[at++] = bytes[i]! >> 4
    path[at++] = bytes[i]! & 15
  }
  return { isLeaf: flag >= 0x20, path }
}
