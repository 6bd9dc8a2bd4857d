import { type Address, type Hash, type Hex, hexToBytes, keccak256Hex, laneTip, limits } from '@crema/protocol'
import { decodeFunctionData } from 'viem'
import { L1Error } from './errors.ts'
import { inboxAbi } from './generated/Inbox.ts'

/** One lane block of a posted batch. */
export interface PostedLaneBlock {
  readonly laneHeight: bigint
  /** Hash chain of the lane after this block. */
  readonly laneTip: Hash
  /** As executed: empty for a block above the size cap. */
  readonly payload: Uint8Array
}

/**
 * The lane blocks in the calldata of an `appendBatch` call, with the lane's hash chain recomputed over them. Throws
 * {@link L1Error} `L1_BAD_RESPONSE` when the bytes are anything else.
 */
export function decodeBatchData(input: Hex, lane: bigint): PostedLaneBlock[] {
  try {
    const { functionName, args } = decodeFunctionData({ abi: inboxAbi, data: input })
    if (functionName !== 'appendBatch') throw new Error(`a call of ${functionName}`)
    const [, , , , , firstTip, firstLaneHeight, blocks] = args
    let tip: Hash = firstTip
    return blocks.map((block, i) => {
      const payload = hexToBytes(block.payload)
      const left = block.oversizedLength > 0n
      tip = laneTip({
        lane,
        prevTip: tip,
        sequencerHeight: block.sequencerHeight,
        timestamp: block.timestamp,
        originNumber: block.originNumber,
        originHash: block.originHash,
        payloadLength: left ? block.oversizedLength : BigInt(payload.length),
        payloadHash: left ? block.oversizedHash : keccak256Hex(payload),
      })
      const executed = payload.length > limits.maxPayloadSize ? new Uint8Array(0) : payload
      return { laneHeight: firstLaneHeight + BigInt(i), laneTip: tip, payload: executed }
    })
  } catch (cause) {
    throw new L1Error('L1_BAD_RESPONSE', 'transaction that appended a batch is not an appendBatch call', { cause })
  }
}

/** Contracts whose events a node follows. */
export interface FollowedContracts {
  readonly inbox: Address
  readonly portal: Address
}
