import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { runBesideExecution } from './machine-beside-execution.ts'
import type { StateTestFile } from './state-test-case.ts'
import { createReport, type Suite, type TaskReport } from './suite.ts'
import { unpackedVectors } from './vectors.ts'

const ARCHIVE = 'ethereum/general-state-tests-cancun.tar.zst'
const FORK = 'Cancun'

/** ethereum/tests' transactions, stated for Cancun, run under Osaka: machine and execution engine must agree on all of it. */
export const machineGeneralStateTests: Suite = {
  name: 'machine-general-state-tests',
  title: `ethereum/tests, ${FORK} transactions under Osaka, step machine beside the execution engine`,
  async tasks() {
    const directory = await unpackedVectors(ARCHIVE)
    const files: string[] = []
    for await (const file of glob('**/*.json', { cwd: directory })) files.push(path.join(directory, file))
    return files.sort()
  },
  run,
}

async function run(file: string): Promise<TaskReport> {
  const builder = createReport()
  for (const [name, test] of Object.entries(JSON.parse(await readFile(file, 'utf8')) as StateTestFile)) {
    for (const [i, post] of (test.post?.[FORK] ?? []).entries()) {
      try {
        const result = await runBesideExecution(test, post)
        if (typeof result === 'string') {
          builder.exclude(result)
          continue
        }
        builder.pass('Osaka')
        builder.measure('micro-ops of a transaction', result)
      } catch (error) {
        builder.fail('Osaka', `${name} #${i}`, error)
      }
    }
  }
  return builder.report
}
