import { bytesToHex, encodeRlp, type Hash, integerToRlp, keccak256, type RlpItem } from '@crema/protocol'
import { EMPTY_ROOT } from './account.ts'

interface Entry {
  readonly path: Uint8Array
  readonly value: Uint8Array
}

/**
 * Root of the trie that maps rlp(index) to `values[index]`: transactions and receipts of a block (yellow paper, 4.3.2 and appendix D).
 * Built at once from all entries, without storing nodes.
 */
export function indexTrieRoot(values: readonly Uint8Array[]): Hash {
  if (values.length === 0) return bytesToHex(EMPTY_ROOT)
  const entries = values.map((value, index) => ({ path: nibbles(encodeRlp(integerToRlp(index))), value }))
  entries.sort((left, right) => Buffer.compare(left.path, right.path))
  return bytesToHex(keccak256(encodeRlp(build(entries, 0))))
}

/** The node over `entries`, which agree in their first `depth` nibbles. No key is a prefix of another: rlp(index) is prefix-free. */
function build(entries: readonly Entry[], depth: number): RlpItem {
  const first = entries[0]!
  if (entries.length === 1) return [compact(first.path.subarray(depth), true), first.value]
  const last = entries[entries.length - 1]!
  let end = depth
  while (first.path[end] === last.path[end]) end++
  if (end > depth) return [compact(first.path.subarray(depth, end), false), reference(build(entries, end))]
  const branch: RlpItem[] = new Array<RlpItem>(17).fill(new Uint8Array(0))
  let start = 0
  while (start < entries.length) {
    const nibble = entries[start]!.path[depth]!
    let stop = start + 1
    while (stop < entries.length && entries[stop]!.path[depth] === nibble) stop++
    branch[nibble] = reference(build(entries.slice(start, stop), depth + 1))
    start = stop
  }
  return branch
}

/** A node inside its parent: itself when its RLP is shorter than a hash, else its hash. */
function reference(node: RlpItem): RlpItem {
  const encoded = encodeRlp(node)
  return encoded.length < 32 ? node : keccak256(encoded)
}

function nibbles(key: Uint8Array): Uint8Array {
  const path = new Uint8Array(key.length * 2)
  key.forEach((byte, i) => {
    path[2 * i] = byte >> 4
    path[2 * i + 1] = byte & 15
  })
  return path
}

/** Hex-prefix encoding (yellow paper, appendix C). */
function compact(path: Uint8Array, isLeaf: boolean): Uint8Array {
  const odd = path.length % 2
  const result = new Uint8Array(1 + (path.length >> 1))
  result[0] = (isLeaf ? 0x20 : 0) | (odd === 1 ? 0x10 | path[0]! : 0)
  for (let i = odd; i < path.length; i += 2) result[(i >> 1) + 1] = (path[i]! << 4) | path[i + 1]!
  return result
}
