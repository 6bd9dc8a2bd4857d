import type { Committee } from '../committee/committee.ts'
import { openBlockLog } from '../log/block-log.ts'
import { applyBlock, replayBlock } from './apply-block.ts'
import { type BlockInput, buildBlock } from './build-block.ts'
import { createLaneIndex } from './lane-index.ts'
import { createRecordCache } from './record-cache.ts'
import type { ChainState, SealedBlock } from './types.ts'

/** The certified chain: its state, its log, and the one way to extend it. */
export interface Chain {
  readonly state: ChainState
  /** Builds, signs and persists the next block, then tells the listeners. Calls must not overlap. */
  seal(input: Omit<BlockInput, 'proposer'>): Promise<SealedBlock>
  /** The block at `height`, or undefined when there is none. */
  block(height: bigint): Promise<SealedBlock | undefined>
  /** Newest lane height; 0 before the first. */
  newest(lane: bigint): number
  sequencerHeight(lane: bigint, laneHeight: number): number | undefined
  laneHeightAt(lane: bigint, sequencerHeight: number): number
  /** Calls `listener` for each sealed block once it is durable. Returns what ends that. */
  onSealed(listener: (block: SealedBlock) => void): () => void
  close(): Promise<void>
}

/** Options of {@link openChain}. Sizes in bytes. */
export interface ChainOptions {
  readonly dir: string
  readonly initial: ChainState
  readonly committee: Committee
  readonly segmentBytes?: number
  readonly cacheBytes?: number
  /** Called for every block of the log while opening, in order. */
  readonly onReplay?: (block: SealedBlock) => void
}

/** Opens the chain in `dir`, continuing after the newest durable header. @throws SequencerServiceError. */
export async function openChain(options: ChainOptions): Promise<Chain> {
  const { dir, initial, committee, segmentBytes, cacheBytes = 16 * 2 ** 20, onReplay } = options
  const index = createLaneIndex()
  const listeners = new Set<(block: SealedBlock) => void>()
  let state = initial
  let last: SealedBlock | undefined
  const log = await openBlockLog({
    dir,
    ...(segmentBytes === undefined ? {} : { segmentBytes }),
    onRecord: (block) => {
      state = replayBlock(state, block)
      index.add(block)
      onReplay?.(block)
      last = block
    },
  })
  // The log may hold blocks of earlier epochs; new ones are of the configured epoch.
  state = { ...state, epoch: initial.epoch }
  const cached = createRecordCache(log, cacheBytes)

  return {
    get state() {
      return state
    },
    seal: async (input) => {
      const proposer = committee.proposer(state.height + 1n)
      const { header, lanes } = buildBlock(state, { ...input, proposer })
      const block: SealedBlock = { certified: { header, certificate: committee.certify(header) }, lanes }
      await log.append(block)
      state = applyBlock(state, block)
      index.add(block)
      last = block
      for (const listener of listeners) listener(block)
      return block
    },
    block: async (height) => {
      if (height < 1n || height > state.height) return undefined
      return height === last?.certified.header.height ? last : cached(Number(height))
    },
    newest: index.newest,
    sequencerHeight: index.sequencerHeight,
    laneHeightAt: index.laneHeightAt,
    onSealed: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: log.close,
  }
}
