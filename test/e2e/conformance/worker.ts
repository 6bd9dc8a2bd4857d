import { parentPort, workerData } from 'node:worker_threads'
import type { Finished } from './pool.ts'
import { createReport } from './suite.ts'
import { suites } from './suites.ts'

const { suite: name } = workerData as { suite: string }
const suite = suites.find((candidate) => candidate.name === name)
if (suite === undefined || parentPort === null) throw new Error(`no suite ${name} to work for`)

parentPort.on('message', async (task: string) => {
  const finished: Finished = { report: await suite.run(task).catch((error) => failed(task, error)) }
  parentPort!.postMessage(finished)
})

/** A task that broke as a whole is a failure, not a silent gap. */
function failed(task: string, error: unknown): Finished['report'] {
  const builder = createReport()
  builder.fail('task', task, error)
  return builder.report
}
