import { inboxAbi } from '@crema/l1'
import { bytesToHex, type Hash, type Hex, keccak256Hex, type LaneBlock, limits } from '@crema/protocol'
import type { LaneRange } from '@crema/sequencer-client'
import { encodeFunctionData } from 'viem'

const noHash: Hash = `0x${'00'.repeat(32)}`

/** Calldata of `Inbox.appendBatch` for a range whose blocks follow `firstTip`. */
export function encodeBatch(range: LaneRange, firstTip: Hash, originHeaders: readonly Hex[]): Hex {
  const { certified, laneProof, blocks } = range
  return encodeFunctionData({
    abi: inboxAbi,
    functionName: 'appendBatch',
    args: [
      certified.header,
      certified.certificate,
      certified.header,
      { siblings: [] },
      laneProof,
      firstTip,
      blocks[0]!.laneHeight,
      blocks.map(encodeBlock),
      originHeaders,
    ],
  })
}

/** A block above the cap is posted by length and hash alone; the Inbox appends it as an empty one. */
function encodeBlock({ payload, sequencerHeight, timestamp, originNumber, originHash }: LaneBlock) {
  const oversized = payload.length > limits.maxPayloadSize
  return {
    sequencerHeight,
    timestamp,
    originNumber,
    originHash,
    payload: oversized ? '0x' : bytesToHex(payload),
    oversizedLength: oversized ? BigInt(payload.length) : 0n,
    oversizedHash: oversized ? keccak256Hex(payload) : noHash,
  } as const
}
