import type { SealedBlock } from './types.ts'

/** For each lane the sequencer heights of its blocks: entry i is lane height i + 1. 8 bytes a block. */
export interface LaneIndex {
  add(block: SealedBlock): void
  /** Newest lane height of `lane`; 0 before the first. */
  newest(lane: bigint): number
  /** Sequencer height that holds the lane's block, or undefined. */
  sequencerHeight(lane: bigint, laneHeight: number): number | undefined
  /** Lane height of the lane's last block at or below a sequencer height; 0 when there was none yet. */
  laneHeightAt(lane: bigint, sequencerHeight: number): number
}

/** An empty index. */
export function createLaneIndex(): LaneIndex {
  const heights = new Map<bigint, number[]>()
  return {
    add: ({ certified, lanes }) => {
      for (const { lane } of lanes) {
        const list = heights.get(lane) ?? []
        list.push(Number(certified.header.height))
        heights.set(lane, list)
      }
    },
    newest: (lane) => heights.get(lane)?.length ?? 0,
    sequencerHeight: (lane, laneHeight) => heights.get(lane)?.[laneHeight - 1],
    laneHeightAt: (lane, sequencerHeight) => {
      const list = heights.get(lane) ?? []
      let low = 0
      let high = list.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (list[middle]! <= sequencerHeight) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}
