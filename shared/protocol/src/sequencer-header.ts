import { limits } from './constants.ts'
import { hashWords } from './hash.ts'
import { rootOf } from './merkle.ts'
import { tags } from './tags.ts'
import type { Hash } from './types/hex.ts'
import type { SequencerHeader } from './types/ordering.ts'

/** Hash of a sequencer header: what members attest. Throws {@link DecodeError} for malformed fields. */
export function headerHash(header: SequencerHeader): Hash {
  return hashWords(
    tags.sequencerHeader,
    header.version,
    header.setId,
    header.epoch,
    header.height,
    header.timestamp,
    header.parentHash,
    header.proposer,
    header.originNumber,
    header.originHash,
    header.lanesRoot,
    header.historyRoot,
  )
}

/** Leaf `height - 1` of the header history tree. */
export function historyLeaf(height: bigint, hash: Hash): Hash {
  return hashWords(tags.historyLeaf, height, hash)
}

/**
 * Whether the header `hash` of `height` stands under `historyRoot`, by 32 siblings from the leaf up. False for any other number of
 * siblings and for heights that the tree does not hold. Twin of `SequencerHeaders.inHistory`.
 */
export function inHistory(height: bigint, hash: Hash, siblings: readonly Hash[], historyRoot: Hash): boolean {
  if (height < 1n || height > 0xffff_ffffn || siblings.length !== limits.appendOnlyTreeDepth) return false
  return rootOf(historyLeaf(height, hash), height - 1n, siblings) === historyRoot
}
