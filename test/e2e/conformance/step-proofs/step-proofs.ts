import { readFile } from 'node:fs/promises'
import { machineStateTests } from '../machine-state-tests.ts'
import type { StateTestFile } from '../state-test-case.ts'
import { createReport, type ReportBuilder, type Suite, type TaskReport } from '../suite.ts'
import { checkBatch, explainFailure, type StepRecord } from './check-batch.ts'
import { recordCost } from './cost.ts'
import { connectVerifier, shareVerifier } from './shared-verifier.ts'
import { proveStateTestCase } from './step-proof-case.ts'

/** Steps of a case that are proven in the form that fits CI. */
const STEPS_PER_CASE = 2_000
/** Bytes of calldata and steps in one batch. */
const BATCH_BYTES = 4_000_000
const BATCH_STEPS = 2_000
/** Files that the vectors hold only as a pointer start like this. */
const LFS = 'version https://git-lfs'

/** Ethereum's state tests of Osaka under the rollup's rules, every step proven and executed by the contracts. */
export const stepProofs: Suite = {
  name: 'step-proofs',
  title: `execution-spec-tests v5.4.0, Osaka: the first ${STEPS_PER_CASE} steps of each case proven and executed on chain`,
  async tasks() {
    await shareVerifier()
    return machineStateTests.tasks()
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
    for (const [i, post] of (test.post.Osaka ?? []).entries()) {
      const queue = createQueue(builder)
      try {
        const proven = await proveStateTestCase(`${name} #${i}`, test, post, STEPS_PER_CASE, queue.add)
        await queue.flush()
        if (typeof proven === 'string') builder.exclude(proven)
        else builder.pass(proven.whole ? 'cases, whole' : `cases, first ${STEPS_PER_CASE} steps`)
      } catch (error) {
        builder.fail('cases', `${name} #${i}`, error)
      }
    }
  }
  return builder.report
}

/** Collects steps into batches, and reports each batch when it is full. */
function createQueue(builder: ReportBuilder): { add(record: StepRecord): void; flush(): Promise<void> } {
  const batches: StepRecord[][] = [[]]
  let bytes = 0
  return {
    add(record) {
      if (bytes > BATCH_BYTES || batches.at(-1)!.length === BATCH_STEPS) {
        batches.push([])
        bytes = 0
      }
      bytes += record.data.length
      batches.at(-1)!.push(record)
    },
    async flush() {
      for (const batch of batches) await checkSteps(batch, builder)
    },
  }
}

async function checkSteps(batch: readonly StepRecord[], builder: ReportBuilder): Promise<void> {
  if (batch.length === 0) return
  const verifier = connectVerifier()
  for (const { record, ok, gas } of await checkBatch(verifier, batch)) {
    if (!ok) {
      builder.fail('steps', `${record.op}: ${record.name}`, await explainFailure(verifier, record))
      continue
    }
    builder.pass('steps')
    const { bytes, cost } = recordCost(record.data, gas)
    builder.measure('bytes of calldata of a step', bytes)
    builder.measure('gas of a step as a transaction, calldata at 64 a byte', cost)
  }
}
