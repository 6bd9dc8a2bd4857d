import { type Random, systemRandom } from '../clock.ts'
import { isRetryable } from '../errors.ts'
import { type Backoff, backoffDelay } from './backoff.ts'
import { sleep } from './sleep.ts'

/** How `retry` goes on. */
export interface RetryOptions extends Backoff {
  readonly signal?: AbortSignal
  /** Attempts in total; default unlimited. */
  readonly attempts?: number
  /** Whether to try again after this error. Default: unless the error says `retryable: false`. */
  readonly shouldRetry?: (error: unknown) => boolean
  /** Called before each wait. */
  readonly onRetry?: (error: unknown, attempt: number, delayMs: number) => void
  readonly random?: Random
}

/**
 * Calls `fn` until it succeeds, with capped exponential backoff and jitter.
 * @throws the last error when attempts are used up or `shouldRetry` says no; the signal's reason when aborted.
 */
export async function retry<T>(fn: (attempt: number) => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { signal, attempts = Number.POSITIVE_INFINITY, random = systemRandom } = options
  const shouldRetry = options.shouldRetry ?? ((error) => isRetryable(error) !== false)
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await fn(attempt)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (attempt + 1 >= attempts || !shouldRetry(error)) throw error
      const delayMs = backoffDelay(attempt, random(), options)
      options.onRetry?.(error, attempt, delayMs)
      await sleep(delayMs, signal)
    }
  }
}
