import { rpcError } from '../errors.ts'
import type { SubmissionPort } from '../ports.ts'

/**
 * Milliseconds that the sequencer has to take a transaction, or to tell its stage: less than clients wait for an answer (viem's
 * default is 10 s), so that they hear that the sequencer is halted.
 */
export const sequencerTimeout = 5_000

/** Hands a transaction to the sequencer; one that it has already counts as taken. Throws what {@link submissionError} makes. */
export async function submitRaw(sequencer: SubmissionPort, lane: bigint, raw: Uint8Array): Promise<void> {
  try {
    await sequencer.submit(lane, raw, AbortSignal.timeout(sequencerTimeout))
  } catch (cause) {
    if (refusalReason(cause) !== 'ALREADY_KNOWN') throw submissionError(cause)
  }
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
