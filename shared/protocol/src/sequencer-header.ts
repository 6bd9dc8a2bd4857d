import { hashWords } from './hash.ts'
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
