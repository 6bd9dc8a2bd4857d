import {
  type Address,
  frontierRoot,
  type Hash,
  keccak256Hex,
  type LaneEntry,
  lanesRoot,
  laneTip,
  type SequencerHeader,
} from '@crema/protocol'
import type { ChainState, LanePosition, OriginRef, SealedLaneBlock } from './types.ts'

/** What a proposer puts into a block. */
export interface BlockInput {
  readonly proposer: Address
  /** Seconds. */
  readonly timestamp: bigint
  readonly origin: OriginRef
  /** Payload of each lane that gets a block. */
  readonly payloads: ReadonlyMap<bigint, Uint8Array>
}

/** A block before its certificate. */
export interface UnsealedBlock {
  readonly header: SequencerHeader
  readonly lanes: readonly SealedLaneBlock[]
}

/** The next block on `state`. Pure. @throws RangeError for a lane that is not configured. */
export function buildBlock(state: ChainState, { proposer, timestamp, origin, payloads }: BlockInput): UnsealedBlock {
  const height = state.height + 1n
  const lanes = [...payloads]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([lane, payload]): SealedLaneBlock => {
      const previous = state.lanes.get(lane)
      if (!previous) throw new RangeError(`lane ${lane} is not configured`)
      const tip = laneTip({
        lane,
        prevTip: previous.laneTip,
        sequencerHeight: height,
        timestamp,
        originNumber: origin.number,
        originHash: origin.hash,
        payloadLength: payload.length,
        payloadHash: keccak256Hex(payload),
      })
      return { lane, laneHeight: previous.laneHeight + 1n, laneTip: tip, payload }
    })
  const header: SequencerHeader = {
    version: 1n,
    setId: state.setId,
    epoch: state.epoch,
    height,
    timestamp,
    parentHash: state.parentHash,
    proposer,
    originNumber: origin.number,
    originHash: origin.hash,
    lanesRoot: rootAfter(state, lanes),
    historyRoot: frontierRoot(state.history),
  }
  return { header, lanes }
}

function rootAfter(state: ChainState, lanes: readonly SealedLaneBlock[]): Hash {
  return lanesRoot(laneEntries(advance(state.lanes, lanes)))
}

/** Positions after `lanes`. */
export function advance(
  positions: ReadonlyMap<bigint, LanePosition>,
  lanes: readonly SealedLaneBlock[],
): ReadonlyMap<bigint, LanePosition> {
  const next = new Map(positions)
  for (const { lane, laneHeight, laneTip } of lanes) next.set(lane, { laneTip, laneHeight })
  return next
}

/** Leaves of the lane tree: lanes with a block so far, ascending. */
export function laneEntries(positions: ReadonlyMap<bigint, LanePosition>): LaneEntry[] {
  return [...positions]
    .filter(([, { laneHeight }]) => laneHeight > 0n)
    .map(([lane, position]) => ({ lane, ...position }))
}
