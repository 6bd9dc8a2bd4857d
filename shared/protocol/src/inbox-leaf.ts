import { hashWords } from './hash.ts'
import { tags } from './tags.ts'
import type { Hash } from './types/hex.ts'
import type { InboxLeaf } from './types/inbox.ts'

/** Hash of an Inbox leaf: leaf of the Inbox tree. */
export function inboxLeafHash(leaf: InboxLeaf): Hash {
  return hashWords(
    tags.inboxLeaf,
    leaf.kind,
    leaf.sequencerHeight,
    leaf.timestamp,
    leaf.originNumber,
    leaf.originHash,
    leaf.originTimestamp,
    leaf.originBaseFee,
    leaf.prevRandao,
    leaf.payloadHash,
    leaf.txCount,
    leaf.txRoot,
    leaf.depositStart,
    leaf.depositEnd,
    leaf.depositRoot,
  )
}

/**
 * PREVRANDAO of an L2 block: `H(prevRandao, mixHash of the origin, seed)`, `seed` being the sequencer height, or the leaf's index for
 * a forced leaf. Predictable: not for lotteries.
 */
export function prevRandao(originMixHash: Hash, seed: bigint): Hash {
  return hashWords(tags.prevRandao, originMixHash, seed)
}
