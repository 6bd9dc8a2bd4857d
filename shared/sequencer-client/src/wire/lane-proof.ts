import type { LaneProof } from '@crema/protocol'
import { parseArray, parseHash, parseObject, parseUint } from './fields.ts'

/** JSON form of a lane proof. */
export function encodeLaneProof(proof: LaneProof) {
  return {
    laneTip: proof.laneTip,
    laneHeight: proof.laneHeight.toString(),
    laneCount: proof.laneCount.toString(),
    index: proof.index.toString(),
    siblings: [...proof.siblings],
  }
}

/** Inverse of {@link encodeLaneProof} for hostile input. */
export function parseLaneProof(value: unknown, where: string): LaneProof {
  const fields = parseObject(value, where)
  return {
    laneTip: parseHash(fields.laneTip, `${where}.laneTip`),
    laneHeight: parseUint(fields.laneHeight, `${where}.laneHeight`),
    laneCount: parseUint(fields.laneCount, `${where}.laneCount`),
    index: parseUint(fields.index, `${where}.index`),
    siblings: parseArray(fields.siblings, `${where}.siblings`, 64).map((hash, i) =>
      parseHash(hash, `${where}.siblings[${i}]`),
    ),
  }
}
