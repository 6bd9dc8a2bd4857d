import { emptyFrontier, firstLaneTip, type Hash } from '@crema/protocol'
import type { ChainState, LaneBinding, OriginRef } from './types.ts'

/** `parentHash` of the first header. */
export const zeroHash: Hash = `0x${'00'.repeat(32)}`

/** The chain before its first header. `origin` is used until L1 has a later final block. */
export function initialState(options: {
  readonly setId: Hash
  readonly epoch: bigint
  readonly lanes: readonly LaneBinding[]
  readonly origin: OriginRef
}): ChainState {
  const { setId, epoch, lanes, origin } = options
  const sorted = [...lanes].sort((left, right) => (left.lane < right.lane ? -1 : 1))
  return {
    setId,
    epoch,
    height: 0n,
    parentHash: zeroHash,
    timestamp: 0n,
    origin,
    history: emptyFrontier,
    lanes: new Map(
      sorted.map(({ lane, inbox }) => [lane, { laneTip: firstLaneTip({ setId, lane, inbox }), laneHeight: 0n }]),
    ),
  }
}
