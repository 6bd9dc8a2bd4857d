import {
  type CertifiedHeader,
  hashWords,
  keccak256Hex,
  type LaneProof,
  laneLeaf,
  laneTip,
  rootOf,
  tags,
} from '@crema/protocol'
import type { LaneRange } from '@crema/sequencer-client'
import type { Committee } from '../committee/committee.ts'

/** Another header at the same height, one second later, with a certificate that verifies. */
export function rivalHeader({ header }: CertifiedHeader, committee: Committee): CertifiedHeader {
  const rival = { ...header, timestamp: header.timestamp + 1n }
  return { header: rival, certificate: committee.certify(rival) }
}

/**
 * `range` with another last block, empty and one second later, under another certified header of the same height. It chains from
 * `previousTip` (the tip before the last block) and its proof verifies, so only whoever sees both can tell.
 */
export function rivalRange(
  range: LaneRange,
  lane: bigint,
  previousTip: `0x${string}`,
  committee: Committee,
): LaneRange {
  const last = range.blocks.at(-1)!
  const block = { ...last, timestamp: last.timestamp + 1n, payload: new Uint8Array() }
  const tip = laneTip({
    lane,
    prevTip: previousTip,
    ...block,
    payloadLength: 0,
    payloadHash: keccak256Hex(block.payload),
  })
  const laneProof: LaneProof = { ...range.laneProof, laneTip: tip }
  const header = {
    ...range.certified.header,
    timestamp: block.timestamp,
    lanesRoot: rootOfProof(lane, laneProof),
  }
  return {
    blocks: [...range.blocks.slice(0, -1), block],
    certified: { header, certificate: committee.certify(header) },
    laneProof,
  }
}

function rootOfProof(lane: bigint, { laneTip, laneHeight, laneCount, index, siblings }: LaneProof) {
  const top = rootOf(laneLeaf({ lane, laneTip, laneHeight }), index, siblings)
  return hashWords(tags.lanesRoot, laneCount, top)
}
