import { Worker } from 'node:worker_threads'
import type { CallRequest, CallResult } from '@crema/execution'
import { CremaError, type LocatedLog } from '@crema/protocol'
import type { FeeHistory } from '../gas/fee-history.ts'
import type { ChainScans } from '../ports.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './simulator-protocol.ts'

/**
 * Simulations and long reads in threads, as many at once as there are threads. An abort ends the thread, whatever it does, and a new
 * one takes its place. Reads see every block that was committed before they were asked for.
 */
export interface SimulatorThreads extends ChainScans {
  /** Runs a call. Throws the simulator's errors. */
  call(request: CallRequest, signal?: AbortSignal): Promise<CallResult>
  /** Resolves when the first thread is up, and calls run; rejects when it fails to start. */
  ready(): Promise<void>
  close(): Promise<void>
}

interface Job {
  readonly request: WorkerRequest
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

interface Thread {
  readonly worker: Worker
  readonly up: Promise<void>
  state: 'starting' | 'idle' | Job
}

/** Milliseconds before a thread that ended by itself is started again. */
const restartDelay = 1_000

/** Starts `size` threads on the node's database; the first alone, so that a service is up early. */
export function startSimulatorThreads(setup: WorkerSetup, size: number): SimulatorThreads {
  const threads = new Set<Thread>()
  const waiting: Job[] = []
  let closed = false

  /** Gives what waits to threads that have nothing to do. */
  const assign = (): void => {
    for (const thread of threads) {
      if (thread.state !== 'idle') continue
      const job = waiting.shift()
      if (job === undefined) return
      thread.state = job
      thread.worker.postMessage(job.request)
    }
  }

  const start = (): Thread => {
    const worker = new Worker(new URL('./simulator-worker.ts', import.meta.url), { workerData: setup })
    const up = Promise.withResolvers<void>()
    up.promise.catch(() => {}) // Only `ready` asks; a thread that does not come up is started again.
    const thread: Thread = { worker, up: up.promise, state: 'starting' }
    threads.add(thread)
    worker.on('message', (reply: WorkerReply) => {
      const job = thread.state
      thread.state = 'idle'
      if (reply.type === 'ready') up.resolve()
      else if (typeof job === 'object') settle(job, reply)
      assign()
    })
    const onEnd = (cause: unknown): void => {
      const error = new CremaError('SIMULATION_THREAD_LOST', 'a simulation thread ended', { retryable: true, cause })
      up.reject(error)
      // One that was ended on purpose is no longer listed.
      if (!threads.delete(thread)) return
      if (typeof thread.state === 'object') thread.state.reject(error)
      setTimeout(() => closed || start(), restartDelay).unref()
    }
    worker.on('error', onEnd)
    worker.on('exit', onEnd)
    return thread
  }

  const cancel = (job: Job): void => {
    const position = waiting.indexOf(job)
    if (position !== -1) waiting.splice(position, 1)
    for (const thread of threads) {
      if (thread.state !== job) continue
      threads.delete(thread)
      void thread.worker.terminate()
      if (!closed) start()
    }
  }

  const first = start().up.then(() => {
    for (let i = 1; i < size && !closed; i++) start()
  })
  first.catch(() => {})
  const run = async (request: WorkerRequest, signal: AbortSignal | undefined): Promise<unknown> => {
    signal?.throwIfAborted()
    if (closed) throw new CremaError('SIMULATOR_CLOSED', 'simulations are over')
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const job: Job = { request, resolve, reject }
    const onAbort = (): void => {
      cancel(job)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    waiting.push(job)
    assign()
    return promise.finally(() => signal?.removeEventListener('abort', onAbort))
  }
  return {
    call: async (call, signal) => (await run({ type: 'call', call }, signal)) as CallResult,
    logs: async (filter, signal) => (await run({ type: 'logs', filter }, signal)) as LocatedLog[],
    feeHistory: async (query, signal) => (await run({ type: 'feeHistory', query }, signal)) as FeeHistory,
    ready: () => first,
    async close() {
      closed = true
      const ended = [...threads]
      threads.clear()
      const jobs = [
        ...waiting.splice(0),
        ...ended.map((thread) => thread.state).filter((state) => typeof state === 'object'),
      ]
      for (const job of jobs) job.reject(new CremaError('SIMULATOR_CLOSED', 'simulations are over'))
      await Promise.all(ended.map(({ worker }) => worker.terminate()))
    },
  }
}

function settle(job: Job, reply: Exclude<WorkerReply, { type: 'ready' }>): void {
  if (reply.type === 'result') job.resolve(reply.result)
  else job.reject(new CremaError(reply.code, reply.message))
}
