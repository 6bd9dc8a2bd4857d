import {
  type CertifiedHeader,
  type CommitteeDomain,
  type CommitteeEpoch,
  type Hash,
  keccak256Hex,
  type LaneBlock,
  type LaneProof,
  laneTip,
  verifyCertificate,
  verifyLaneProof,
} from '@crema/protocol'
import { DerivationError } from './errors.ts'

/** Consecutive blocks of a lane as a sequencer served them, with what is to prove them. */
export interface UnverifiedRange {
  readonly blocks: readonly LaneBlock[]
  readonly certified: CertifiedHeader
  readonly laneProof: LaneProof
}

/** A lane block whose place in the lane a quorum certified. */
export interface VerifiedLaneBlock {
  readonly block: LaneBlock
  /** Hash chain of the lane after this block. */
  readonly laneTip: Hash
}

export interface VerifyLaneRangeOptions {
  readonly lane: bigint
  readonly setId: Hash
  /** Where the lane stands: the range must continue right there. `sequencerHeight` is the last lane block's; 0 before the first. */
  readonly from: { readonly laneHeight: bigint; readonly laneTip: Hash; readonly sequencerHeight: bigint }
  readonly epoch: CommitteeEpoch
  readonly domain: CommitteeDomain
}

/**
 * Authenticates blocks of a lane: the certificate over the header, the lane's tip and height under the header's `lanesRoot`, and
 * the hash chain from the known tip over every block to the proven one (docs/protocol/ordering.md).
 *
 * Throws `DerivationError`, or the errors of `verifyCertificate` and `verifyLaneProof`.
 */
export function verifyLaneRange(range: UnverifiedRange, options: VerifyLaneRangeOptions): VerifiedLaneBlock[] {
  const { blocks, certified, laneProof } = range
  const { header, certificate } = certified
  if (blocks.length === 0) throw new DerivationError('RANGE_EMPTY', 'a range without blocks')
  if (header.setId !== options.setId) {
    throw new DerivationError('WRONG_SET', 'header of another sequencer set', {
      setId: header.setId,
      expected: options.setId,
    })
  }
  verifyCertificate(header, certificate, options.epoch, options.domain)
  verifyLaneProof(options.lane, laneProof, header.lanesRoot)
  const verified = chainTips(blocks, options)
  const last = verified.at(-1)!
  if (last.block.laneHeight !== laneProof.laneHeight) {
    throw new DerivationError('RANGE_LENGTH', 'the range does not end at the proven lane height', {
      end: last.block.laneHeight,
      proven: laneProof.laneHeight,
    })
  }
  if (last.block.sequencerHeight > header.height) {
    throw new DerivationError('RANGE_ORDER', 'a block above the certified height', {
      sequencerHeight: last.block.sequencerHeight,
      certified: header.height,
    })
  }
  if (last.laneTip !== laneProof.laneTip) {
    throw new DerivationError('LANE_TIP_MISMATCH', 'the blocks do not hash to the certified lane tip', {
      computed: last.laneTip,
      certified: laneProof.laneTip,
      fromLaneHeight: options.from.laneHeight,
    })
  }
  return verified
}

function chainTips(blocks: readonly LaneBlock[], { lane, from }: VerifyLaneRangeOptions): VerifiedLaneBlock[] {
  let tip = from.laneTip
  let laneHeight = from.laneHeight
  let sequencerHeight = from.sequencerHeight
  return blocks.map((block) => {
    if (block.laneHeight !== laneHeight + 1n) {
      throw new DerivationError('RANGE_GAP', 'blocks do not continue the lane', {
        laneHeight: block.laneHeight,
        expected: laneHeight + 1n,
      })
    }
    if (block.sequencerHeight <= sequencerHeight) {
      throw new DerivationError('RANGE_ORDER', 'sequencer heights do not grow', {
        sequencerHeight: block.sequencerHeight,
      })
    }
    sequencerHeight = block.sequencerHeight
    laneHeight = block.laneHeight
    tip = tipAfter(lane, tip, block)
    return { block, laneTip: tip }
  })
}

/** Tip of the lane after `block`, if `prevTip` was the tip before it. */
export function tipAfter(lane: bigint, prevTip: Hash, block: LaneBlock): Hash {
  return laneTip({
    lane,
    prevTip,
    sequencerHeight: block.sequencerHeight,
    timestamp: block.timestamp,
    originNumber: block.originNumber,
    originHash: block.originHash,
    payloadLength: BigInt(block.payload.length),
    payloadHash: keccak256Hex(block.payload),
  })
}
