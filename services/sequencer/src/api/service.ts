import type { Chain } from '../chain/chain.ts'
import type { Heartbeats } from '../chain/heartbeats.ts'
import { Refusal } from '../errors.ts'
import type { Submission } from '../mempool/journal.ts'
import { type Mempool, throwUnknownLane } from '../mempool/mempool.ts'
import type { RecentTransactions } from '../mempool/recent.ts'
import { proveLane, readLaneRange } from './lane-range.ts'
import type { SequencerApi } from './sequencer-api.ts'

/** Parts of {@link createService}. */
export interface ServiceParts {
  readonly chain: Chain
  readonly mempool: Mempool
  readonly recent: RecentTransactions
  readonly heartbeats: Heartbeats
  /** Whether blocks are being made. */
  readonly healthy: () => boolean
  /** @throws Refusal EPOCH_ENDED when nothing is ordered any more. */
  readonly assertOpen: () => void
  /** Called when something waits to be ordered. */
  readonly onWaiting: () => void
  /** Makes an accepted submission survive a crash; on disk when it resolves. */
  readonly keep: (submission: Submission) => Promise<void>
}

/** The honest sequencer as its API offers it. Methods throw {@link Refusal}s. */
export function createService(parts: ServiceParts): SequencerApi {
  const { chain, mempool, recent, heartbeats, healthy, assertOpen, onWaiting, keep } = parts
  const need = (lane: bigint) => {
    if (!chain.state.lanes.has(lane)) throwUnknownLane(lane)
  }
  return {
    info: async () => ({
      kind: 'dev',
      setId: chain.state.setId,
      epoch: chain.state.epoch,
      height: chain.state.height,
      healthy: healthy(),
    }),
    lane: async (lane) => {
      need(lane)
      return { lane, laneHeight: BigInt(chain.newest(lane)) }
    },
    submit: async (lane, raw) => {
      assertOpen()
      const hash = mempool.add(lane, raw)
      const kept = keep({ lane, hash, raw, height: chain.state.height })
      onWaiting()
      await kept
      return hash
    },
    status: async (lane, hash) => {
      need(lane)
      if (mempool.isWaiting(lane, hash)) return { stage: 'pending' }
      const place = recent.find(lane, hash)
      if (!place) return { stage: 'unknown' }
      const { sequencerHeight, laneHeight, entryIndex } = place
      return { stage: 'ordered', sequencerHeight, laneHeight, entryIndex }
    },
    blocks: async (range) => {
      need(range.lane)
      return readLaneRange(chain, range)
    },
    laneProof: async (height, lane) => {
      need(lane)
      if (height < 1n || height > chain.state.height) throw noHeader(height)
      if (chain.laneHeightAt(lane, Number(height)) === 0) {
        throw new Refusal(404, 'LANE_EMPTY', `lane ${lane} has no block at height ${height}`, {
          details: { lane, height },
        })
      }
      return proveLane(chain, height, lane)
    },
    certifiedHeader: async (height) => (await chain.block(height))?.certified,
    heartbeat: async (lane) => {
      need(lane)
      heartbeats.request(lane)
      onWaiting()
    },
    watch: (lane, onBlock, signal) => {
      need(lane)
      const stop = chain.onSealed(({ lanes }) => {
        const block = lanes.find((sealed) => sealed.lane === lane)
        if (block && !signal.aborted) onBlock(block.laneHeight)
      })
      signal.addEventListener('abort', stop, { once: true })
    },
  }
}

/** @returns Refusal NO_HEADER. */
export function noHeader(height: bigint): Refusal {
  return new Refusal(404, 'NO_HEADER', `no header at height ${height}`, { details: { height }, retryable: true })
}
