import { inboxAbi, type L1Client } from '@crema/l1'
import { hexToBytes, keccak256Hex } from '@crema/protocol'
import type { SequencerClient } from '@crema/sequencer-client'
import { type Clock, type Logger, type Metrics, type PeriodicLoop, periodic } from '@crema/service-kit'
import type { TxManager } from '@crema/tx-manager'
import type { OriginMode } from '../l1/read-origin.ts'
import { createBatchSize } from './batch-size.ts'
import { createDepositWatch } from './deposits.ts'
import { createFeeStops } from './fee-stops.ts'
import type { BatchLimits } from './fit.ts'
import type { InboxSetup } from './inbox-setup.ts'
import { type InboxView, readInboxView } from './inbox-view.ts'
import { posterMetrics } from './metrics.ts'
import { type Batch, createBatches } from './next-batch.ts'
import { createSettledBatches } from './settled-batches.ts'

/** Parts of {@link createPoster}. Times in milliseconds. */
export interface PosterDeps {
  readonly client: L1Client
  readonly sequencer: SequencerClient
  readonly transactions: Pick<TxManager, 'send' | 'status' | 'cancel'>
  readonly setup: InboxSetup
  readonly limits: BatchLimits
  /** Blocks wait at most this long for a batch to fill. */
  readonly maxDelayMs: number
  /** A batch that the fee limit holds up for so long is given up for a smaller one. */
  readonly feePatienceMs: number
  /** A batch that is not on L1 after this is given up and made anew. */
  readonly giveUpMs: number
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
  /** The fee limit holds a batch up. */
  readonly feeLimited: boolean
  /** Batches that would be sent under another key, because they were settled and the Inbox does not hold them. */
  readonly settledBatches: number
  /** Why the last round failed, if it did. */
  readonly trouble: string | undefined
}

/** A running poster. */
export interface Poster {
  status(): PosterStatus
  /** To be told when the transaction manager's fee limit stops `key`, each time. */
  feeLimited(key: string): void
  /** To be told when the transaction `key` went out. */
  published(key: string): void
  /** Resolves when the round in progress has ended; transactions under way are the manager's. */
  close(): Promise<void>
}

interface OpenBatch {
  readonly key: string
  readonly firstLaneHeight: bigint
  readonly lastLaneHeight: bigint
  /** To be posted in smaller ones instead. */
  tooDear: boolean
}

const keyPrefix = 'batch:'
const maxPauseMs = 30_000
/** Time without a fee stop after which batches grow again by one step. */
const regrowMs = 600_000

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
  const settledBatches = createSettledBatches()
  const size = createBatchSize(deps.limits, clock, regrowMs)
  const feeStops = createFeeStops(deps.feePatienceMs)
  let laneHeight: bigint | undefined
  let waitingSinceMs: number | undefined
  let overdue = false
  let trouble: string | undefined
  let failures = 0
  let pausedUntilMs = 0
  let resumed = false

  const isIn = async (last: bigint) => (await readInboxView(client, setup)).laneHeight >= last

  async function post(batch: Batch, view: InboxView): Promise<void> {
    const { firstLaneHeight, lastLaneHeight } = batch
    const data = await batch.encode(view)
    const digest = keccak256Hex(hexToBytes(data)).slice(2, 18)
    const base = `${keyPrefix}${setup.inbox}:${setup.lane}:${firstLaneHeight}-${lastLaneHeight}:${digest}`
    // A batch that was final and is gone again (a deep reorg) is another transaction.
    const key = `${base}:${settledBatches.times(base)}`
    const entry: OpenBatch = { key, firstLaneHeight, lastLaneHeight, tooDear: false }
    open.set(key, entry)
    logger.info({ key, firstLaneHeight, lastLaneHeight, bytes: data.length / 2 - 1 }, 'posting a batch')
    const settled = (outcome: object, message: string, failed: boolean) => {
      open.delete(key)
      feesAllow(key)
      settledBatches.add(base, lastLaneHeight)
      failures = failed ? failures + 1 : 0
      if (failed) size.refused()
      if (failed) pausedUntilMs = clock.nowMs() + Math.min(maxPauseMs, pollMs * 2 ** Math.min(failures, 10))
      logger[failed ? 'warn' : 'info']({ key, lastLaneHeight, ...outcome }, message)
      if (!signal.aborted) loop.wake()
    }
    transactions
      .send({
        ...{ key, to: setup.inbox, data, abi: inboxAbi, deadlineMs: clock.nowMs() + deps.giveUpMs },
        // What is too dear is not wanted any more: nothing is signed for it.
        isDone: async () => entry.tooDear || isIn(lastLaneHeight),
      })
      .then((receipt) => {
        if (entry.tooDear && receipt.kind === 'already-done')
          return settled({}, 'batch given up for smaller ones', false)
        measured.batches.inc()
        size.posted()
        settled({ receipt }, 'batch is final', false)
      })
      .catch((err) => {
        if (signal.aborted) return
        if (entry.tooDear) return settled({ err }, 'batch given up for smaller ones', false)
        measured.failures.inc()
        settled({ err }, 'L1 refused the batch, starting again from the Inbox', true)
      })
  }

  function feesAllow(key: string): void {
    feeStops.over(key)
    measured.feeLimited.set(feeStops.any ? 1 : 0)
  }

  function feeLimited(key: string): void {
    const tooLong = feeStops.stopped(key, clock.nowMs())
    measured.feeLimited.set(1)
    const entry = open.get(key)
    if (!tooLong || !entry || entry.tooDear || entry.firstLaneHeight === entry.lastLaneHeight) return
    entry.tooDear = true
    size.tooDear()
    logger.error({ key, next: size.current() }, 'the fee limit stops the batch: posting smaller ones')
    giveUp(key).catch((err) => logger.warn({ key, err }, 'the batch cannot be given up'))
  }

  /** One that is not signed ends by itself; a signed one is replaced by an empty transaction, unless it gets through first. */
  async function giveUp(key: string): Promise<void> {
    const { pending } = await transactions.status()
    const nonce = pending.find((intent) => intent.key === key)?.nonce
    if (nonce !== undefined && nonce !== null) await transactions.cancel(nonce)
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
    settledBatches.forget(view.laneHeight)
    await watchDeposits(view)
    if ([...open.values()].some(({ lastLaneHeight }) => lastLaneHeight > view.laneHeight)) return
    if (clock.nowMs() < pausedUntilMs || (await othersUnderWay())) return
    const batch = await nextBatch(view, size.current(), signal)
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
    status: () => ({
      laneHeight,
      open: [...open.values()],
      depositsOverdue: overdue,
      feeLimited: feeStops.any,
      settledBatches: settledBatches.size,
      trouble,
    }),
    feeLimited,
    published: feesAllow,
    close: async () => {
      stopping.abort()
      await loop.done
    },
  }
}
