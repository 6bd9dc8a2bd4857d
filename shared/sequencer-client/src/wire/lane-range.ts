import { bytesToHex, type LaneBlock } from '@crema/protocol'
import { badResponse } from '../errors.ts'
import type { LaneRange } from '../types.ts'
import { parseArray, parseBytes, parseHash, parseObject, parseUint } from './fields.ts'
import { encodeCertifiedHeader, parseCertifiedHeader } from './header.ts'
import { encodeLaneProof, parseLaneProof } from './lane-proof.ts'

/** JSON form of a lane range. */
export function encodeLaneRange(range: LaneRange) {
  return {
    blocks: range.blocks.map((block) => ({
      laneHeight: block.laneHeight.toString(),
      sequencerHeight: block.sequencerHeight.toString(),
      timestamp: block.timestamp.toString(),
      originNumber: block.originNumber.toString(),
      originHash: block.originHash,
      payload: bytesToHex(block.payload),
    })),
    certified: encodeCertifiedHeader(range.certified),
    laneProof: encodeLaneProof(range.laneProof),
  }
}

/**
 * Inverse of {@link encodeLaneRange} for hostile input: 1 to `limit` blocks with consecutive lane heights from `from` on, the
 * last of which `laneProof` names. Hashes and signatures are the reader's to check.
 */
export function parseLaneRange(value: unknown, where: string, from: bigint, limit: number): LaneRange {
  const fields = parseObject(value, where)
  const blocks = parseArray(fields.blocks, `${where}.blocks`, limit).map((block, i) =>
    parseLaneBlock(block, `${where}.blocks[${i}]`),
  )
  const laneProof = parseLaneProof(fields.laneProof, `${where}.laneProof`)
  blocks.forEach((block, i) => {
    if (block.laneHeight !== from + BigInt(i)) {
      throw badResponse(`${where}.blocks[${i}]`, `lane height ${block.laneHeight}, expected ${from + BigInt(i)}`)
    }
  })
  if (blocks.at(-1)?.laneHeight !== laneProof.laneHeight) {
    throw badResponse(`${where}.laneProof`, 'names another block than the last', { laneHeight: laneProof.laneHeight })
  }
  return { blocks, certified: parseCertifiedHeader(fields.certified, `${where}.certified`), laneProof }
}

function parseLaneBlock(value: unknown, where: string): LaneBlock {
  const fields = parseObject(value, where)
  return {
    laneHeight: parseUint(fields.laneHeight, `${where}.laneHeight`),
    sequencerHeight: parseUint(fields.sequencerHeight, `${where}.sequencerHeight`),
    timestamp: parseUint(fields.timestamp, `${where}.timestamp`),
    originNumber: parseUint(fields.originNumber, `${where}.originNumber`),
    originHash: parseHash(fields.originHash, `${where}.originHash`),
    payload: parseBytes(fields.payload, `${where}.payload`),
  }
}
