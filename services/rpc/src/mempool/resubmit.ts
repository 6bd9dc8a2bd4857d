import type { ChainReader } from '@crema/protocol'
import type { RpcLogger, SubmissionPort } from '../ports.ts'
import type { Pool, PoolEntry } from './pool.ts'
import { isRetryable, sequencerTimeout, submitRaw } from './submit.ts'

/** What resubmission needs. */
export interface ResubmitDeps {
  readonly pool: Pool
  readonly sequencer: SubmissionPort
  readonly chain: Pick<ChainReader, 'skippedByHash' | 'transactionByHash'>
  readonly lane: bigint
  readonly now: () => number
  readonly logger: RpcLogger
}

/** Milliseconds that a transaction may wait before the sequencer is asked about it. */
const patience = 10_000
/** Transactions asked about in one round. */
const maxAsked = 200

/**
 * Asks the sequencer about transactions that wait for long and submits those again that it does not know: what it holds lives in its
 * memory until it is ordered. Forgets those that it dropped, and those ordered that the chain shows already. Ends early when the sequencer is out of reach.
 */
export async function resubmitLost(deps: ResubmitDeps): Promise<void> {
  const { pool, sequencer, lane, now, logger } = deps
  const due = [...pool.entries()]
    .filter((entry) => entry.stage === 'submitted' && now() - entry.addedAt >= patience)
    .slice(0, maxAsked)
    .sort((left, right) => (left.decoded.nonce < right.decoded.nonce ? -1 : 1))
  for (const entry of due) {
    // A block may have taken it while the ones before were asked about.
    if (pool.get(entry.hash) !== entry) continue
    try {
      const { stage } = await sequencer.status(lane, entry.hash, AbortSignal.timeout(sequencerTimeout))
      if (stage === 'dropped' || (stage === 'ordered' && isExecuted(deps, entry))) pool.remove(entry.hash)
      if (stage === 'unknown') await again(deps, entry)
    } catch (err) {
      if (isRetryable(err)) return
      logger.warn({ err, hash: entry.hash }, 'the sequencer refused a lost transaction')
      pool.remove(entry.hash)
    }
  }
}

/** Its block came before it was put into the pool, so no event of a block will take it out. */
function isExecuted({ chain }: ResubmitDeps, { hash }: PoolEntry): boolean {
  return chain.skippedByHash(hash) !== undefined || chain.transactionByHash(hash) !== undefined
}

async function again(deps: ResubmitDeps, entry: PoolEntry): Promise<void> {
  await submitRaw(deps, entry)
  deps.logger.warn({ hash: entry.hash }, 'submitted again what the sequencer had lost')
}
