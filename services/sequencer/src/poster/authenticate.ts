import {
  type CommitteeDomain,
  type CommitteeEpoch,
  CremaError,
  type Hash,
  keccak256Hex,
  laneTip,
  verifyCertificate,
  verifyLaneProof,
} from '@crema/protocol'
import type { LaneRange } from '@crema/sequencer-client'

/** What a range must be authentic against. */
export interface Expected {
  readonly lane: bigint
  /** Lane tip before the first block. */
  readonly tip: Hash
  readonly committee: CommitteeEpoch
  readonly domain: CommitteeDomain
}

/** Checks that the blocks chain from the tip to one that the committee certified. @throws CremaError WRONG_TIP and protocol's. */
export function authenticate(range: LaneRange, { lane, tip, committee, domain }: Expected): void {
  const { certified, laneProof, blocks } = range
  const end = blocks.reduce(
    (prevTip, block) =>
      laneTip({
        ...block,
        lane,
        prevTip,
        payloadLength: block.payload.length,
        payloadHash: keccak256Hex(block.payload),
      }),
    tip,
  )
  if (end !== laneProof.laneTip) {
    throw new CremaError('WRONG_TIP', "the blocks do not chain from the Inbox's tip to the certified one", {
      details: { lane, tip, end, certified: laneProof.laneTip },
    })
  }
  verifyLaneProof(lane, laneProof, certified.header.lanesRoot)
  verifyCertificate(certified.header, certified.certificate, committee, domain)
}
