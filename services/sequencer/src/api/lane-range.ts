import { type Hash, type LaneBlock, type LaneProof, laneProof } from '@crema/protocol'
import type { LaneRange } from '@crema/sequencer-client'
import type { Chain } from '../chain/chain.ts'
import type { SealedBlock } from '../chain/types.ts'

/** Most payload bytes of a range, but for a single block. */
export const maxRangePayload = 4 * 2 ** 20
/** Most blocks of a range. */
export const maxRangeBlocks = 1_000

/** Blocks from lane height `from` on, as many as the bounds allow, under the header of the last one; undefined without any. */
export async function readLaneRange(
  chain: Chain,
  { lane, fromLaneHeight, limit }: { readonly lane: bigint; readonly fromLaneHeight: bigint; readonly limit: number },
): Promise<LaneRange | undefined> {
  const blocks: LaneBlock[] = []
  let last: SealedBlock | undefined
  let size = 0
  for (let i = 0; i < Math.min(limit, maxRangeBlocks); i++) {
    const height = chain.sequencerHeight(lane, Number(fromLaneHeight) + i)
    const sealed = height === undefined ? undefined : await chain.block(BigInt(height))
    if (!sealed) break
    const block = laneBlock(sealed, lane)
    size += block.payload.length
    if (blocks.length > 0 && size > maxRangePayload) break
    blocks.push(block)
    last = sealed
  }
  if (!last) return undefined
  const { certified } = last
  return { blocks, certified, laneProof: await proveLane(chain, certified.header.height, lane) }
}

/** Proof of `lane` under the header at `height`, from 1 to the newest. @throws CremaError UNKNOWN_LANE when it has no block yet. */
export async function proveLane(chain: Chain, height: bigint, lane: bigint): Promise<LaneProof> {
  const entries: { lane: bigint; laneTip: Hash; laneHeight: bigint }[] = []
  for (const other of chain.state.lanes.keys()) {
    const laneHeight = chain.laneHeightAt(other, Number(height))
    if (laneHeight === 0) continue
    const sealed = await chain.block(BigInt(chain.sequencerHeight(other, laneHeight)!))
    const { laneTip } = sealed!.lanes.find((block) => block.lane === other)!
    entries.push({ lane: other, laneTip, laneHeight: BigInt(laneHeight) })
  }
  return laneProof(entries, lane)
}

function laneBlock({ certified: { header }, lanes }: SealedBlock, lane: bigint): LaneBlock {
  const { laneHeight, payload } = lanes.find((block) => block.lane === lane)!
  return {
    laneHeight,
    sequencerHeight: header.height,
    timestamp: header.timestamp,
    originNumber: header.originNumber,
    originHash: header.originHash,
    payload,
  }
}
