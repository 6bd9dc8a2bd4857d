import { firstLaneTip, type Hash, keccak256Hex, laneTip, verifyCertificate, verifyLaneProof } from '@crema/protocol'
import type { LaneRange } from '@crema/sequencer-client'
import type { LaneBinding } from '../../src/chain/types.ts'
import { domain, epoch, setId } from './committee.ts'

/** Checks a range as a reader must, from `tip` before its first block on; returns the tip after it. @throws CremaError. */
export function verifyRange(range: LaneRange, binding: LaneBinding, tip = firstTip(binding)): Hash {
  let current = tip
  for (const block of range.blocks) {
    const { payload } = block
    current = laneTip({
      ...block,
      lane: binding.lane,
      prevTip: current,
      payloadLength: payload.length,
      payloadHash: keccak256Hex(payload),
    })
  }
  if (current !== range.laneProof.laneTip) throw new Error('WRONG_TIP')
  verifyCertificate(range.certified.header, range.certified.certificate, epoch, domain)
  verifyLaneProof(binding.lane, range.laneProof, range.certified.header.lanesRoot)
  return current
}

export const firstTip = (binding: LaneBinding): Hash => firstLaneTip({ setId, ...binding })
