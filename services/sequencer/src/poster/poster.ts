import { inboxAbi, type L1Client } from '@crema/l1'
import { hexToBytes, keccak256Hex } from '@crema/protocol'
import type { SequencerClient } from '@crema/sequencer-client'
import { type Clock, type Logger, type Metrics, type PeriodicLoop, periodic } from '@crema/service-kit'
import type { TxManager } from '@crema/tx-manager'
import type { OriginMode } from '../l1/read-origin.ts'
import { createDepositWatch } from './deposits.ts'
import type { BatchLimits } from './fit.ts'
import type { InboxSetup } from './inbox-setup.ts'
import { type InboxView, readInboxView } from './inbox-view.ts'
import { posterMetrics } from './metrics.ts'
import { type Batch, createBatches } from './next-batch.ts'

/** Parts of {@link createPoster}. Times in milliseconds. */
export interface PosterDeps {
  readonly client: L1Client
  readonly sequencer: SequencerClient
  readonly transactions: Pick<TxManager, 'send' | 'status'>
  readonly setup: InboxSetup
  readonly limits: BatchLimits
  /** Blocks wait at most this long for a batch to fill. */
  readonly maxDelayMs: number
  readonly pollMs: number
  readonly originMode: OriginMode
  /** Deposits that could be included wait this long before a heartbeat is asked for. */
  readonly heartbeatAfterMs: number
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
}

/** What a poster is doing, for operators. */
export interface PosterStatus {
  readonly laneHeight: bigint | undefined
  readonly open: readonly { readonly key: string; readonly firstLaneHeight: bigint; readonly lastLaneHeight: bigint }[]
  readonly depositsOverdue: boolean
  /** Why the last round failed, if it did. */
  readonly trouble: string | undefined
}

/** A running poster. */
export interface Poster {
  status(): PosterStatus
  /** Resolves when the round in progress has ended; transactions under way are the manager's. */
  close(): Promise<void>
}

interface OpenBatch {
  readonly key: string
  readonly firstLaneHeight: bigint
  readonly lastLaneHeight: bigint
}

const keyPrefix = 'batch:'
const maxPauseMs = 30_000

/**
 * Posts the lane's certified blocks to its Inbox, always from where the Inbox stands, so that restarts, reorgs and other posters
 * need no special case: whatever is in is skipped, whatever fell out is posted again.
 */
export function createPoster(deps: PosterDeps): Poster {
  const { client, sequencer, transactions, setup, clock, logger, pollMs } = deps
  const measured = posterMetrics(deps.metrics)
  const nextBatch = createBatches({ client, sequencer, setup })
  const depositsAt = createDepositWatch({
    client,
    setup,
    clock,
    originMode: deps.originMode,
    patienceMs: deps.heartbeatAfterMs,
  })
  const stopping = new AbortController()
  const { signal } = stopping
  const open = new Map<string, OpenBatch>()
  const settledTimes = new Map<string, number>()
  let laneHeight: bigint | undefined
  let waitingSinceMs: number | undefined
  let overdue = false
  let trouble: string | undefined
  let failures = 0
  let pausedUntilMs = 0
  let resumed = false

  /** After failures fewer blocks are tried, so that one that cannot be posted with others does not stop them. */
  const currentLimits = (): BatchLimits => ({
    ...deps.limits,
    maxBlocks: Math.max(1, deps.limits.maxBlocks >> Math.min(failures, 20)),
  })

  const isIn = async (last: bigint) => (await readInboxView(client, setup)).laneHeight >= last

  async function post(batch: Batch, view: InboxView): Promise<void> {
    const { firstLaneHeight, lastLaneHeight } = batch
    const data = await batch.encode(view)
    const digest = keccak256Hex(hexToBytes(data)).slice(2, 18)
    const base = `${keyPrefix}${setup.inbox}:${setup.lane}:${firstLaneHeight}-${lastLaneHeight}:${digest}`
    // A batch that was final and is gone again (a deep reorg) is another transaction.
    const key = `${base}:${settledTimes.get(base) ?? 0}`
    open.set(key, { key, firstLaneHeight, lastLaneHeight })
    logger.info({ key, firstLaneHeight, lastLaneHeight, bytes: data.length / 2 - 1 }, 'posting a batch')
    const settled = (outcome: object, message: string, failed: boolean) => {
      open.delete(key)
      settledTimes.set(base, (settledTimes.get(base) ?? 0) + 1)
      failures = failed ? failures + 1 : 0
      if (failed) pausedUntilMs = clock.nowMs() + Math.min(maxPauseMs, pollMs * 2 ** Math.min(failures, 10))
      logger[failed ? 'warn' : 'info']({ key, lastLaneHeight, ...outcome }, message)
      if (!signal.aborted) loop.wake()
    }
    transactions
      .send({ key, to: setup.inbox, data, abi: inboxAbi, isDone: () => isIn(lastLaneHeight) })
      .then((receipt) => {
        measured.batches.inc()
        settled({ receipt }, 'batch is final', false)
      })
      .catch((err) => {
        if (signal.aborted) return
        measured.failures.inc()
        settled({ err }, 'L1 refused the batch, starting again from the Inbox', true)
      })
  }

  /** Whether transactions of an earlier run are still under way. */
  async function othersUnderWay(): Promise<boolean> {
    if (resumed) return false
    resumed = !(await transactions.status()).pending.some(({ key }) => key.startsWith(keyPrefix))
    return !resumed
  }

  async function round(): Promise<void> {
    const view = await readInboxView(client, setup)
    laneHeight = view.laneHeight
    measured.laneHeight.set(Number(view.laneHeight))
    await watchDeposits(view)
    if ([...open.values()].some(({ lastLaneHeight }) => lastLaneHeight > view.laneHeight)) return
    if (clock.nowMs() < pausedUntilMs || (await othersUnderWay())) return
    const batch = await nextBatch(view, currentLimits(), signal)
    if (!batch) {
      waitingSinceMs = undefined
      return
    }
    waitingSinceMs ??= clock.nowMs()
    if (!batch.full && clock.nowMs() - waitingSinceMs < deps.maxDelayMs) return
    waitingSinceMs = undefined
    await post(batch, view)
  }

  async function watchDeposits(view: InboxView): Promise<void> {
    const state = await depositsAt(view)
    if (state.overdue && !overdue) logger.error({ first: view.depositEnd }, 'deposits wait for half the force delay')
    overdue = state.overdue
    measured.overdue.set(overdue ? 1 : 0)
    // Blocks that are not posted yet come first; they may carry the deposits.
    const underWay = [...open.values()].some(({ lastLaneHeight }) => lastLaneHeight > view.laneHeight)
    if (state.wantsBlock && !underWay && waitingSinceMs === undefined) {
      await sequencer.heartbeat(setup.lane, signal).catch((err) => logger.warn({ err }, 'no heartbeat'))
    }
  }

  const loop: PeriodicLoop = periodic(
    async () => {
      try {
        await round()
        trouble = undefined
      } catch (err) {
        const message = err instanceof Error ? err.message : String(err)
        if (!signal.aborted && message !== trouble) logger.warn({ err }, 'round failed, trying again')
        trouble = message
      }
    },
    pollMs,
    signal,
    logger,
    'poster',
  )
  sequencer.watch(setup.lane, () => loop.wake(), signal)

  return {
    status: () => ({ laneHeight, open: [...open.values()], depositsOverdue: overdue, trouble }),
    close: async () => {
      stopping.abort()
      await loop.done
    },
  }
}
