import { indexPath } from '../../trie/index-trie.ts'

/** A leaf of an index trie, found from its position in key order and the number of leaves alone. Twin of `KeyOrder.sol`. */
export interface LeafPlace {
  /** Nibbles of rlp(index). */
  readonly key: Uint8Array
  /** Nibbles that the key shares with the next one; -1 for the last leaf. */
  readonly after: number
  /** Nibbles of the key above the leaf. */
  readonly depth: number
}

/** Keys of one byte, rlp(1) to rlp(127), stand before rlp(0) = 0x80. */
const SINGLE_BYTES = 127

/** Index of the leaf at `position` in key order, of `count` leaves: 1 … 127, 0, 128 …. */
export function indexAt(position: number, count: number): number {
  const zero = Math.min(SINGLE_BYTES, count - 1)
  if (position === zero) return 0
  return position < zero ? position + 1 : position
}

/** Where the leaf at `position` in key order stands among `count` leaves: one nibble below the longer of the prefixes shared with its neighbours. */
export function leafPlace(position: number, count: number): LeafPlace {
  const key = indexPath(indexAt(position, count))
  const before = position === 0 ? -1 : shared(key, indexPath(indexAt(position - 1, count)))
  const after = position === count - 1 ? -1 : shared(key, indexPath(indexAt(position + 1, count)))
  return { key, after, depth: Math.max(before, after) + 1 }
}

function shared(left: Uint8Array, right: Uint8Array): number {
  let i = 0
  while (left[i] === right[i]) i++
  return i
}
