import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { runMachineStateTestCase } from './machine-state-test-case.ts'
import type { StateTestFile } from './state-test-case.ts'
import { createReport, type Suite, type TaskReport } from './suite.ts'
import { unpackedVectors } from './vectors.ts'

const ARCHIVE = 'ethereum/eest-v5.4.0-state-tests.tar.zst'
const FORKS = ['Osaka', 'Prague'] as const
/** Files that the vectors hold only as a pointer start like this. */
const LFS = 'version https://git-lfs'

/** Ethereum's state tests on the step machine in fast mode. */
export const machineStateTests: Suite = {
  name: 'machine-state-tests',
  title: `execution-spec-tests v5.4.0, ${FORKS.join(' and ')} on the step machine, fast mode`,
  async tasks() {
    const directory = await unpackedVectors(ARCHIVE)
    const files: string[] = []
    for await (const file of glob('**/*.json', { cwd: directory })) files.push(path.join(directory, file))
    return files.filter((file) => !file.includes(`${path.sep}.meta${path.sep}`)).sort()
  },
  run,
}

async function run(file: string): Promise<TaskReport> {
  const builder = createReport()
  const text = await readFile(file, 'utf8')
  if (text.startsWith(LFS)) {
    builder.exclude('files that are LFS pointers')
    return builder.report
  }
  for (const [name, test] of Object.entries(JSON.parse(text) as StateTestFile)) {
    for (const fork of FORKS) {
      for (const [i, post] of (test.post[fork] ?? []).entries()) {
        try {
          const result = await runMachineStateTestCase(test, post, fork.toLowerCase() as 'osaka' | 'prague')
          if (typeof result === 'string') {
            builder.exclude(result)
            continue
          }
          builder.pass(fork)
          builder.measure('micro-ops of a transaction', result)
        } catch (error) {
          builder.fail(fork, `${name} #${i}`, error)
        }
      }
    }
  }
  return builder.report
}
