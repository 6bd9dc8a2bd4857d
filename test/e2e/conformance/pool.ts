import { Worker } from 'node:worker_threads'
import type { TaskReport } from './suite.ts'

/** Message from a worker: a finished task. */
export interface Finished {
  readonly report: TaskReport
}

/** Runs tasks of a suite on `threads` worker threads; `onReport` sees each result as it comes. Rejects when a worker dies. */
export async function runTasks(
  suite: string,
  tasks: readonly string[],
  threads: number,
  onReport: (report: TaskReport, done: number) => void,
): Promise<void> {
  let next = 0
  let done = 0
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { suite } })
      const assign = (): void => {
        if (next >= tasks.length) {
          void worker.terminate()
          resolve()
          return
        }
        worker.postMessage(tasks[next++])
      }
      worker.on('message', ({ report }: Finished) => {
        done += 1
        onReport(report, done)
        assign()
      })
      worker.on('error', reject)
      assign()
    })
  await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, work))
}
