import { readFile } from 'node:fs/promises'
import { runLockstepCase } from './machine-lockstep-case.ts'
import { machineStateTests } from './machine-state-tests.ts'
import type { StateTestFile } from './state-test-case.ts'
import { createReport, type Suite, type TaskReport } from './suite.ts'

const FORK = 'Osaka'
/** Files that the vectors hold only as a pointer start like this. */
const LFS = 'version https://git-lfs'

/** Ethereum's state tests opcode by opcode: the machine and @ethereumjs/vm must agree before each. */
export const machineLockstep: Suite = {
  name: 'machine-lockstep',
  title: `execution-spec-tests v5.4.0, ${FORK}, the step machine beside @ethereumjs/vm before each opcode`,
  tasks: machineStateTests.tasks,
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
    for (const [i, post] of (test.post[FORK] ?? []).entries()) {
      try {
        const result = await runLockstepCase(test, post, FORK.toLowerCase())
        if (typeof result === 'string') {
          builder.exclude(result)
          continue
        }
        builder.pass(FORK)
        builder.pass('opcodes', result)
      } catch (error) {
        builder.fail(FORK, `${name} #${i}`, error)
      }
    }
  }
  return builder.report
}
