import type { ChainReader, Hash } from '@crema/protocol'
import { rpcError } from '../errors.ts'
import type { SubmissionPort } from '../ports.ts'
import type { PoolEntry } from './pool.ts'
import { skippedError } from './skip-error.ts'

/**
 * Milliseconds that the sequencer has to take a transaction, or to tell its stage: less than clients wait for an answer (viem's
 * default is 10 s), so that they hear that the sequencer is halted.
 */
export const sequencerTimeout = 5_000

/** Where transactions go. */
export interface Submitter {
  readonly sequencer: SubmissionPort
  /** Knows what was skipped. */
  readonly chain: Pick<ChainReader, 'skippedByHash'>
  readonly lane: bigint
}

/**
 * Hands a transaction to the sequencer; one that waits there, or is ordered and not executed here yet, counts as taken. Throws the
 * error of the skip reason for one that was skipped and is not taken again yet, otherwise what {@link submissionError} makes.
 */
export async function submitRaw(to: Submitter, { hash, raw }: Pick<PoolEntry, 'hash' | 'raw'>): Promise<void> {
  try {
    await to.sequencer.submit(to.lane, raw, AbortSignal.timeout(sequencerTimeout))
  } catch (cause) {
    if (refusalReason(cause) !== 'ALREADY_KNOWN') throw submissionError(cause)
    const skip = to.chain.skippedByHash(hash)
    // It may have been skipped once and wait again.
    if (skip !== undefined && (await stageOf(to, hash)) !== 'pending') throw skippedError(skip)
  }
}

/** Asks the sequencer. Throws what {@link submissionError} makes. */
export async function stageOf({ sequencer, lane }: Omit<Submitter, 'chain'>, hash: Hash) {
  const timeout = AbortSignal.timeout(sequencerTimeout)
  const { stage } = await sequencer.status(lane, hash, timeout).catch((cause) => {
    throw submissionError(cause)
  })
  return stage
}

/** What a client sees when the sequencer did not take a transaction; `retryable` tells whether it may later. */
export function submissionError(cause: unknown): Error {
  const retryable = isRetryable(cause)
  return Object.assign(toRpcError(cause, retryable), { retryable, cause })
}

function toRpcError(cause: unknown, retryable: boolean) {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (!retryable) return rpcError('transactionRejected', message)
  return refusalReason(cause) === undefined ? rpcError('sequencerHalted') : rpcError('limitExceeded', message)
}

/** Connection faults, and our own timeout, may pass; a refusal says it of itself. */
export function isRetryable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if ('retryable' in error) return error.retryable === true
  return 'name' in error && (error.name === 'TimeoutError' || error.name === 'AbortError')
}

/** The sequencer's own code when it declined, such as `QUOTA_EXCEEDED`; undefined for any other failure. */
function refusalReason(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'SEQUENCER_REFUSED') return undefined
  const { reason } = (error as { details?: { reason?: unknown } }).details ?? {}
  return typeof reason === 'string' ? reason : ''
}
