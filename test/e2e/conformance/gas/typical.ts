import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { machineStateTests } from '../machine-state-tests.ts'
import type { StateTestFile } from '../state-test-case.ts'
import type { StepRecord } from '../step-proofs/check-batch.ts'
import { proveStateTestCase } from '../step-proofs/step-proof-case.ts'
import { recordOf } from './measure.ts'
import { opcodeName } from './opcode-names.ts'
import { blockSteps, typicalBlock } from './typical-block.ts'

/** Cases of a folder of the official tests, steps of a case, and how many of those of one kind are taken. */
const CASES = 3
const STEPS = 1_500
const EACH = 2
const LFS = 'version https://git-lfs'

/** Steps that stand for what is usual: of the first cases of every folder of the state tests, and of an ordinary block. */
export async function* typicalSteps(): AsyncGenerator<StepRecord> {
  for (const file of await firstFiles()) yield* await stepsOfFile(file)
  for (const [where, step, at] of blockSteps(await typicalBlock())) yield recordOf(step, where, at)
}

/** The first file of each folder. Throws when the vectors are absent. */
async function firstFiles(): Promise<string[]> {
  const first = new Map<string, string>()
  for (const file of await machineStateTests.tasks()) {
    const folder = path.dirname(file)
    if (!first.has(folder) && !(await readFile(file, 'utf8')).startsWith(LFS)) first.set(folder, file)
  }
  return [...first.values()]
}

async function stepsOfFile(file: string): Promise<StepRecord[]> {
  const taken: StepRecord[] = []
  let cases = 0
  for (const [name, test] of Object.entries(JSON.parse(await readFile(file, 'utf8')) as StateTestFile)) {
    const post = test.post.Osaka?.[0]
    if (post === undefined) continue
    if (++cases > CASES) break
    const seen = new Map<string, number>()
    await proveStateTestCase(name, test, post, STEPS, (record) => {
      const count = seen.get(record.op) ?? 0
      seen.set(record.op, count + 1)
      if (count < EACH) taken.push(named(record))
    })
  }
  return taken
}

/** Opcodes by name instead of number. */
function named(record: StepRecord): StepRecord {
  return record.op.startsWith('0x') ? { ...record, op: opcodeName(Number(record.op)) } : record
}
