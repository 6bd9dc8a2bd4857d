import { emptySubtrees, tags } from '@crema/protocol'
import { MachineError } from '../state/errors.ts'
import { pairHasher } from './hash.ts'
import { subtreeAt, type WordTree, wordTreeRoot } from './word-tree.ts'

const hashNode = pairHasher(tags.node)

/**
 * Proof of `count` > 0 words from `first` on: `uint64 mask ‖ siblings` from the leaves up, at each level the left one if the range begins at an
 * odd position, then the right one if it ends at an even one. Bit 2·level (left) or 2·level + 1 (right) of the mask: the sibling is the empty
 * subtree and left out (docs/protocol/machine.md, Proofs).
 */
export function proveRange(tree: WordTree, depth: number, first: number, count: number): Uint8Array {
  checkRange(depth, first, count)
  const siblings: Uint8Array[] = []
  let mask = 0n
  let from = first
  let to = first + count - 1
  for (let level = 0; level < depth; level++) {
    if (from % 2 === 1) take(level, from - 1, 0)
    if (to % 2 === 0) take(level, to + 1, 1)
    from = Math.floor(from / 2)
    to = Math.floor(to / 2)
  }
  const proof = new Uint8Array(8 + 32 * siblings.length)
  new DataView(proof.buffer).setBigUint64(0, mask)
  for (const [i, sibling] of siblings.entries()) proof.set(sibling, 8 + 32 * i)
  return proof

  function take(level: number, index: number, side: number): void {
    const sibling = subtreeAt(tree, depth, level, index)
    if (sibling === undefined) mask |= 1n << BigInt(2 * level + side)
    else siblings.push(wordTreeRoot(sibling, level))
  }
}

/** A root, and where its proof ended. */
export interface ProvenRange {
  readonly root: Uint8Array
  /** Bytes of `proof` that were used. */
  readonly length: number
}

/**
 * Root of the tree of `depth` levels that holds `words` from `first` on and else what `proof` says: with the words that are there the old root,
 * with others the root after their write. Bits of the mask without a sibling say nothing. Throws {@link MachineError} `BAD_RANGE`,
 * `PROOF_TOO_SHORT`.
 */
export function rootOfRange(depth: number, first: number, words: Uint8Array, proof: Uint8Array): ProvenRange {
  const count = words.length / 32
  checkRange(depth, first, count)
  let row = Array.from({ length: count }, (_, i) => words.subarray(32 * i, 32 * i + 32))
  let length = 0
  const mask = new DataView(next(8).slice().buffer).getBigUint64(0)
  let from = first
  for (let level = 0; level < depth; level++) {
    if (from % 2 === 1) row.unshift(sibling(level, 0))
    if (row.length % 2 === 1) row.push(sibling(level, 1))
    row = Array.from({ length: row.length / 2 }, (_, i) => hashNode(row[2 * i]!, row[2 * i + 1]!))
    from = Math.floor(from / 2)
  }
  return { root: row[0]!, length }

  function sibling(level: number, side: number): Uint8Array {
    return (mask >> BigInt(2 * level + side)) & 1n ? emptySubtrees[level]! : next(32)
  }

  function next(size: number): Uint8Array {
    if (length + size > proof.length) {
      throw new MachineError('PROOF_TOO_SHORT', 'the range proof ends too early', {
        details: { needed: length + size, length: proof.length },
      })
    }
    length += size
    return proof.subarray(length - size, length)
  }
}

function checkRange(depth: number, first: number, count: number): void {
  if (Number.isInteger(count) && count > 0 && first >= 0 && first + count <= 2 ** depth) return
  throw new MachineError('BAD_RANGE', 'no such range of words', { details: { depth, first, count } })
}
