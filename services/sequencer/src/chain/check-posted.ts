import { SequencerServiceError } from '../errors.ts'
import type { Chain } from './chain.ts'
import type { LanePosition } from './types.ts'

/** Where a lane's Inbox stands on L1. */
export interface PostedPosition extends LanePosition {
  readonly lane: bigint
}

/**
 * Compares the log with what L1 holds: every block there is certified and must be in the log. One that is not shows that the log is
 * an old copy, or that somebody else signs with these keys; going on would sign a second header at a height that others hold.
 * @throws SequencerServiceError LOG_BEHIND_L1, LOG_CONTRADICTS_L1.
 */
export async function checkPosted(
  chain: Pick<Chain, 'newest' | 'sequencerHeight' | 'block'>,
  posted: readonly PostedPosition[],
): Promise<void> {
  for (const { lane, laneHeight, laneTip } of posted) {
    const own = BigInt(chain.newest(lane))
    if (laneHeight > own) {
      throw new SequencerServiceError('LOG_BEHIND_L1', 'L1 holds blocks of the lane that the log does not', {
        details: { lane, posted: laneHeight, logged: own },
      })
    }
    if (laneHeight === 0n) continue
    const height = chain.sequencerHeight(lane, Number(laneHeight))!
    const block = await chain.block(BigInt(height))
    const tip = block?.lanes.find((sealed) => sealed.lane === lane)?.laneTip
    if (tip === laneTip) continue
    throw new SequencerServiceError('LOG_CONTRADICTS_L1', 'L1 holds another block of the lane than the log', {
      details: { lane, laneHeight, posted: laneTip, logged: tip },
    })
  }
}
