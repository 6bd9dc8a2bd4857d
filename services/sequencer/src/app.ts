import { join } from 'node:path'
import { encodePayload, type Hash, keccak256Hex } from '@crema/protocol'
import type { Clock, Logger, Metrics } from '@crema/service-kit'
import type { SequencerApi } from './api/sequencer-api.ts'
import { createService } from './api/service.ts'
import { type Chain, openChain } from './chain/chain.ts'
import { checkPosted } from './chain/check-posted.ts'
import { createEpochEnd } from './chain/epoch-end.ts'
import { createHeartbeats } from './chain/heartbeats.ts'
import { initialState } from './chain/initial-state.ts'
import { startPacemaker } from './chain/pacemaker.ts'
import type { OriginSource, PayloadEncoder, TimestampSource } from './chain/ports.ts'
import { createProduction } from './chain/produce.ts'
import { clockTimestamps } from './chain/timestamps.ts'
import type { LaneBinding, OriginRef } from './chain/types.ts'
import type { Committee } from './committee/committee.ts'
import { Refusal, SequencerServiceError } from './errors.ts'
import type { L1View } from './l1/watch-l1.ts'
import { type Admission, admitTransactions } from './mempool/admission.ts'
import { openPoolJournal } from './mempool/journal.ts'
import { createMempool, type Mempool } from './mempool/mempool.ts'
import { orderAgain } from './mempool/order-again.ts'
import type { PoolLimits } from './mempool/pool.ts'
import { createQuota, type QuotaOptions } from './mempool/quota.ts'
import { createRecentTransactions } from './mempool/recent.ts'
import { sequencerMetrics } from './metrics.ts'

/** The points at which a sequencer's behaviour is chosen; {@link honestPorts} is what a real one uses. */
export interface SequencerPorts {
  readonly origins: OriginSource
  readonly timestamps: TimestampSource
  readonly encode: PayloadEncoder
  readonly admission: Admission
}

/** Honest behaviour on `clock`, with origins from `origins`. */
export function honestPorts(clock: Clock, origins: OriginSource): SequencerPorts {
  return { origins, timestamps: clockTimestamps(clock), encode: encodePayload, admission: admitTransactions }
}

/** Parts of {@link createSequencer}. Times in milliseconds, sizes in bytes. */
export interface SequencerDeps {
  readonly dataDir: string
  readonly setId: Hash
  readonly epoch: bigint
  /** First height that the epoch certifies; default 1. */
  readonly epochStart?: bigint
  readonly committee: Committee
  /** What L1 shows at the start; undefined when it could not be asked. */
  readonly l1?: L1View | undefined
  readonly lanes: readonly LaneBinding[]
  /** Origin of headers until L1 has a later one. */
  readonly genesisOrigin: OriginRef
  readonly ports: SequencerPorts
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  /** 0: a block as soon as something waits. */
  readonly blockTimeMs: number
  readonly heartbeatMs?: number
  readonly pool?: PoolLimits
  readonly quota?: QuotaOptions
  /** After this a transaction that was ordered may be ordered once more; doubles each time. */
  readonly orderAgainMs?: number
  /** Ordered transactions whose place and hash are remembered, over all lanes. */
  readonly recentTransactions?: number
  readonly segmentBytes?: number
  /** Called once when the log can no longer be written, or must not be continued: the process must end. */
  readonly onBroken?: (error: unknown) => void
}

/** A running sequencer. */
export interface Sequencer {
  readonly api: SequencerApi
  readonly committee: Committee
  readonly chain: Pick<Chain, 'state' | 'block'>
  /** Whether blocks are being made. */
  healthy(): boolean
  /**
   * Obeys what L1 shows now: signs nothing beyond the end of the epoch, and nothing at all once L1 holds blocks that the log does not.
   * @throws SequencerServiceError LOG_BEHIND_L1, LOG_CONTRADICTS_L1.
   */
  heed(view: L1View): Promise<void>
  /** Why no header follows although nothing failed: the epoch is over. */
  epochOver(): string | undefined
  close(): Promise<void>
}

const defaults = {
  heartbeatMs: 2_000,
  pool: { maxCount: 20_000, maxBytes: 32 * 2 ** 20 },
  quota: { bytesPerWindow: 4 * 2 ** 20, windowMs: 10_000 },
  orderAgainMs: 30_000,
  recentTransactions: 100_000,
}

/** Errors after which nothing may be signed any more. */
const final = new Set(['LOG_FAILED', 'LOG_BEHIND_L1', 'LOG_CONTRADICTS_L1'])

/** Opens the chain in `dataDir` and starts to make blocks. @throws SequencerServiceError. */
export async function createSequencer(deps: SequencerDeps): Promise<Sequencer> {
  const { setId, epoch, committee, lanes, genesisOrigin, clock, logger, ports } = deps
  const measured = sequencerMetrics(deps.metrics)
  const recent = createRecentTransactions(deps.recentTransactions ?? defaults.recentTransactions)
  const chain = await openChain({
    dir: deps.dataDir,
    initial: initialState({ setId, epoch, lanes, origin: genesisOrigin }),
    committee,
    onReplay: recent.add,
    ...(deps.segmentBytes === undefined ? {} : { segmentBytes: deps.segmentBytes }),
  })
  if (chain.state.height + 1n < (deps.epochStart ?? 1n)) {
    await chain.close()
    throw new SequencerServiceError('EPOCH_NOT_STARTED', `epoch ${epoch} does not certify the next height yet`, {
      details: { epoch, height: chain.state.height + 1n, epochStart: deps.epochStart },
    })
  }
  if (deps.l1)
    await checkPosted(chain, deps.l1.posted).catch((error) => chain.close().then(() => Promise.reject(error)))
  const end = createEpochEnd(deps.l1?.epoch.endHeight)
  chain.onSealed(recent.add)
  const mempool = createMempool({
    lanes: lanes.map(({ lane }) => lane),
    limits: deps.pool ?? defaults.pool,
    admission: ports.admission,
    quota: createQuota(deps.quota ?? defaults.quota, clock),
    recent,
    waitMs: orderAgain(deps.orderAgainMs ?? defaults.orderAgainMs, clock),
  })
  const journal = await openPoolJournal({
    dir: join(deps.dataDir, 'pending'),
    onEntry: (lane, raw, height) => (mempool.restore(lane, raw, height) ? keccak256Hex(raw) : undefined),
  })
  const heartbeats = createHeartbeats(deps.heartbeatMs ?? defaults.heartbeatMs, clock)
  let failing = false
  let broken = false

  const remove: Mempool['remove'] = (lane, transactions) => {
    mempool.remove(lane, transactions)
    journal.settle(
      lane,
      transactions.map(({ hash }) => hash),
    )
  }
  const production = createProduction({ chain, mempool: { ...mempool, remove }, heartbeats, ...ports })
  const produce = async () => {
    if (broken || end.isOver(chain.state.height)) return undefined
    const startMs = performance.now()
    const block = await production()
    failing = false
    measured.waiting.set(mempool.size().count)
    if (!block) return undefined
    const { header } = block.certified
    measured.height.set(Number(header.height))
    measured.sealSeconds.observe((performance.now() - startMs) / 1000)
    const sizes = block.lanes.map(({ lane, laneHeight, payload }) => ({ lane, laneHeight, bytes: payload.length }))
    logger.debug({ height: header.height, lanes: sizes, origin: header.originNumber }, 'sealed')
    return block
  }
  const onError = (error: unknown) => {
    failing = true
    logger.error({ err: error }, 'no block could be made')
    if (broken || !(error instanceof SequencerServiceError) || !final.has(error.code)) return
    broken = true
    deps.onBroken?.(error)
  }
  const breakDown = (error: unknown): never => {
    onError(error)
    throw error
  }
  const { blockTimeMs } = deps
  const pacemaker = startPacemaker({ blockTimeMs, produce, nextDueMs: heartbeats.nextInMs, onError })
  measured.height.set(Number(chain.state.height))
  const healthy = () => !failing && epochOver() === undefined
  const epochOver = () =>
    end.isOver(chain.state.height)
      ? `epoch ${epoch} ended at height ${end.height}, start with the keys of the next`
      : undefined
  const assertOpen = () => {
    const message = epochOver()
    if (message !== undefined) throw new Refusal(503, 'EPOCH_ENDED', message, { retryable: true })
  }
  const heed = async ({ epoch: { endHeight }, posted }: L1View) => {
    if (endHeight !== end.height)
      logger.warn({ epoch, endHeight, height: chain.state.height }, "L1 moved the epoch's end")
    if (endHeight !== end.height && endHeight !== undefined && chain.state.height > endHeight) {
      logger.error(
        { epoch, endHeight, height: chain.state.height },
        'headers beyond the end of the epoch are signed: L1 takes none',
      )
    }
    end.set(endHeight)
    await checkPosted(chain, posted).catch(breakDown)
    pacemaker.wake()
  }
  logger.info({ height: chain.state.height, setId, members: committee.members, lanes: lanes.length }, 'sequencing')

  return {
    api: createService({
      ...{ chain, mempool, recent, heartbeats, healthy, assertOpen, onWaiting: pacemaker.wake },
      keep: (submission) => journal.append(submission).catch(breakDown),
    }),
    committee,
    chain,
    healthy,
    heed,
    epochOver,
    close: async () => {
      await pacemaker.close()
      await journal.close()
      await chain.close()
    },
  }
}
