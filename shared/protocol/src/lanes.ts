import { CremaError } from './errors.ts'
import { hashWords } from './hash.ts'
import { merkleProof, merkleRoot, rootOf } from './merkle.ts'
import { tags } from './tags.ts'
import type { Address, Hash } from './types/hex.ts'
import type { LaneProof } from './types/ordering.ts'

/** A lane's position: the tip of its hash chain and the number of its blocks. */
export interface LaneEntry {
  readonly lane: bigint
  readonly laneTip: Hash
  readonly laneHeight: bigint
}

/** Tip of a lane before its first block, for the set and the Inbox that the lane is bound to. */
export function firstLaneTip(input: { readonly setId: Hash; readonly lane: bigint; readonly inbox: Address }): Hash {
  return hashWords(tags.firstLaneTip, input.setId, input.lane, input.inbox)
}

/** What a lane block adds to its lane's hash chain. */
export interface LaneTipInput {
  readonly lane: bigint
  readonly prevTip: Hash
  readonly sequencerHeight: bigint
  /** Seconds. */
  readonly timestamp: bigint
  readonly originNumber: bigint
  readonly originHash: Hash
  /** Bytes. */
  readonly payloadLength: number | bigint
  /** keccak256 of the payload. */
  readonly payloadHash: Hash
}

/** Tip of a lane after one more block. */
export function laneTip(input: LaneTipInput): Hash {
  return hashWords(
    tags.laneTip,
    input.lane,
    input.prevTip,
    input.sequencerHeight,
    input.timestamp,
    input.originNumber,
    input.originHash,
    input.payloadLength,
    input.payloadHash,
  )
}

/** Leaf of the lane tree. */
export function laneLeaf(entry: LaneEntry): Hash {
  return hashWords(tags.laneLeaf, entry.lane, entry.laneTip, entry.laneHeight)
}

/** `lanesRoot` of entries in strictly ascending order of lane. Throws {@link CremaError} `LANES_NOT_SORTED` for any other order. */
export function lanesRoot(entries: readonly LaneEntry[]): Hash {
  const leaves = sortedLeaves(entries)
  const top = leaves.length === 0 ? 0n : merkleRoot(leaves, depthOf(leaves.length))
  return hashWords(tags.lanesRoot, leaves.length, top)
}

/** Proof of `lane` among `entries`. Throws {@link CremaError} `UNKNOWN_LANE` or `LANES_NOT_SORTED`. */
export function laneProof(entries: readonly LaneEntry[], lane: bigint): LaneProof {
  const leaves = sortedLeaves(entries)
  const index = entries.findIndex((entry) => entry.lane === lane)
  const entry = entries[index]
  if (entry === undefined) throw new CremaError('UNKNOWN_LANE', `lane ${lane} has no block`, { details: { lane } })
  return {
    laneTip: entry.laneTip,
    laneHeight: entry.laneHeight,
    laneCount: BigInt(leaves.length),
    index: BigInt(index),
    siblings: merkleProof(leaves, depthOf(leaves.length), index),
  }
}

/**
 * Checks that `proof` shows `lane` under `root` (a header's `lanesRoot`). Throws {@link CremaError} `LANE_NOT_PROVEN` otherwise,
 * also for a wrong number of siblings or an index beyond the lane count.
 */
export function verifyLaneProof(lane: bigint, proof: LaneProof, root: Hash): void {
  const { laneTip, laneHeight, laneCount, index, siblings } = proof
  const shaped = index >= 0n && index < laneCount && laneCount <= 1n << 32n && siblings.length === depthOf(laneCount)
  const top = shaped ? rootOf(laneLeaf({ lane, laneTip, laneHeight }), index, siblings) : undefined
  const computed = top === undefined ? undefined : hashWords(tags.lanesRoot, laneCount, top)
  if (computed !== root) {
    throw new CremaError('LANE_NOT_PROVEN', `lane ${lane} is not under the lanes root`, {
      details: { lane, computed, lanesRoot: root, laneCount, index, siblings: siblings.length },
    })
  }
}

/** ceil(log2(count)) for a positive count. */
function depthOf(count: number | bigint): number {
  return count <= 1 ? 0 : (BigInt(count) - 1n).toString(2).length
}

function sortedLeaves(entries: readonly LaneEntry[]): Hash[] {
  return entries.map((entry, i) => {
    const previous = entries[i - 1]
    if (previous !== undefined && previous.lane >= entry.lane) {
      throw new CremaError('LANES_NOT_SORTED', 'lanes must ascend strictly', {
        details: { index: i, previous: previous.lane, lane: entry.lane },
      })
    }
    return laneLeaf(entry)
  })
}
