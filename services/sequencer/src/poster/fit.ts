import { type LaneBlock, limits } from '@crema/protocol'

/** Bounds of one L1 transaction. */
export interface BatchLimits {
  /** Calldata in bytes; a single block may exceed it. */
  readonly maxBytes: number
  readonly maxBlocks: number
}

/** ABI words of the headers, certificate and proofs around the blocks, generously. */
const fixedBytes = 6_144
/** ABI words of a block beside its payload. */
const blockBytes = 10 * 32
/** RLP of an L1 header with its ABI words, generously. */
const originBytes = 1_024

/** How many of `blocks` fit one batch, at least one. */
export function countFitting(blocks: readonly LaneBlock[], { maxBytes, maxBlocks }: BatchLimits): number {
  let size = fixedBytes
  let origin: bigint | undefined
  for (const [i, { payload, originNumber }] of blocks.entries()) {
    const posted = payload.length > limits.maxPayloadSize ? 0 : payload.length
    size += blockBytes + 32 * Math.ceil(posted / 32) + (originNumber === origin ? 0 : originBytes)
    origin = originNumber
    if (i > 0 && (i >= maxBlocks || size > maxBytes)) return i
  }
  return blocks.length
}
