import { readFile } from 'node:fs/promises'
import { machineStateTests } from '../machine-state-tests.ts'
import type { StateTestFile } from '../state-test-case.ts'
import { createReport, type ReportBuilder, type Suite, type TaskReport } from '../suite.ts'
import { createQueue } from './queue.ts'
import { keepReport, keptReport, reportsDirectory } from './resume.ts'
import { shareVerifier } from './shared-verifier.ts'
import { proveStateTestCase } from './step-proof-case.ts'

/** Steps of a case that are proven in the form that fits CI, and with `--full`. */
const STEPS_PER_CASE = 2_000
const FULL_STEPS_PER_CASE = 500_000
/** Files that the vectors hold only as a pointer start like this. */
const LFS = 'version https://git-lfs'

/**
 * Ethereum's state tests of Osaka under the rollup's rules, every step proven and executed by the contracts. With `--full` nearly all steps of all cases;
 * what a file came to is kept, and a run that was stopped goes on after the files that it finished, while the sources are the same.
 */
export const stepProofs: Suite = {
  name: 'step-proofs',
  title: `execution-spec-tests v5.4.0, Osaka: steps of each case proven and executed on chain, the first ${STEPS_PER_CASE} (--full: ${FULL_STEPS_PER_CASE})`,
  async tasks() {
    await shareVerifier()
    return machineStateTests.tasks()
  },
  run,
}

async function run(file: string): Promise<TaskReport> {
  if (process.env.CREMA_FULL !== '1') return runFile(file, STEPS_PER_CASE)
  const directory = await reportsDirectory()
  const kept = await keptReport(directory, file)
  if (kept !== undefined) return kept
  const report = await runFile(file, FULL_STEPS_PER_CASE)
  if (report.failures.length === 0) await keepReport(directory, file, report)
  return report
}

async function runFile(file: string, limit: number): Promise<TaskReport> {
  const builder = createReport()
  const text = await readFile(file, 'utf8')
  if (text.startsWith(LFS)) {
    builder.exclude('files that are LFS pointers')
    return builder.report
  }
  for (const [name, test] of Object.entries(JSON.parse(text) as StateTestFile)) {
    for (const [i, post] of (test.post.Osaka ?? []).entries()) {
      await runCase(`${name} #${i}`, () => proveCase(`${name} #${i}`, test, post, limit, builder), builder)
    }
  }
  return builder.report
}

type Given = Parameters<typeof proveStateTestCase>

async function proveCase(name: string, test: Given[1], post: Given[2], limit: number, builder: ReportBuilder) {
  const queue = createQueue(builder)
  const proven = await proveStateTestCase(name, test, post, limit, queue.add)
  await queue.flush()
  if (typeof proven === 'string') builder.exclude(proven)
  else builder.pass(proven.whole ? 'cases, whole' : `cases, first ${limit} steps`)
}

async function runCase(name: string, prove: () => Promise<void>, builder: ReportBuilder): Promise<void> {
  try {
    await prove()
  } catch (error) {
    builder.fail('cases', name, error)
  }
}
