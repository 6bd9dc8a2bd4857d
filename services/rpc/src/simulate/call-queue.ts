import PQueue from 'p-queue'
import { rpcError } from '../errors.ts'
import type { RpcLimits } from '../limits.ts'

/** Runs simulations, a few at a time. */
export interface CallQueue {
  /**
   * Runs `job` when there is room. Throws `request timed out` after the call timeout, waiting included; a job that has begun
   * keeps its place until it ends, and sees the timeout by the signal. Throws `limit exceeded` when too many wait.
   */
  run<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Jobs that run or wait. */
  pending(): number
}

/** Makes a {@link CallQueue}. */
export function createCallQueue(limits: Pick<RpcLimits, 'callConcurrency' | 'callQueue' | 'callTimeout'>): CallQueue {
  const queue = new PQueue({ concurrency: limits.callConcurrency })
  return {
    pending: () => queue.size + queue.pending,
    run<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T> {
      if (queue.size >= limits.callQueue) return Promise.reject(rpcError('limitExceeded', 'too many calls wait'))
      return new Promise<T>((resolve, reject) => {
        const abort = new AbortController()
        const timer = setTimeout(() => {
          abort.abort()
          reject(rpcError('timeout'))
        }, limits.callTimeout)
        void queue.add(async () => {
          if (abort.signal.aborted) return
          await job(abort.signal)
            .then(resolve, reject)
            .finally(() => clearTimeout(timer))
        })
      })
    },
  }
}
