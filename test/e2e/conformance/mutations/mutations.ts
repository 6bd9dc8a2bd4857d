import { readFile } from 'node:fs/promises'
import { machineStateTests } from '../machine-state-tests.ts'
import type { StateTestFile } from '../state-test-case.ts'
import type { StepRecord } from '../step-proofs/check-batch.ts'
import { proofSize } from '../step-proofs/encode-verify.ts'
import { connectVerifier, shareVerifier } from '../step-proofs/shared-verifier.ts'
import { proveStateTestCase } from '../step-proofs/step-proof-case.ts'
import { createReport, type Suite, type TaskReport } from '../suite.ts'
import { changeKinds, randomChanges } from './changes.ts'
import { checkMutants } from './check-mutants.ts'
import { createRandom, seedOf } from './random.ts'

/** Steps of a case that are proven, and how many of them are mutated beside the first of each opcode and micro-op. */
const STEPS_PER_CASE = 400
const SAMPLED = 4
/** Proofs longer than this are mutated less often: each change copies all of it. */
const LONG_PROOF = 20_000
const MUTANTS = 12
const LFS = 'version https://git-lfs'

/** Wrong proofs of steps: none may make the verifier return a wrong state. */
export const mutations: Suite = {
  name: 'mutations',
  title: 'changed proofs of steps of the Osaka state tests: each reverts or gives the one right state',
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
  const deployed = connectVerifier()
  for (const [name, test] of Object.entries(JSON.parse(text) as StateTestFile)) {
    for (const [i, post] of (test.post.Osaka ?? []).entries()) {
      const random = createRandom(seedOf(`${name} #${i}`))
      const records: StepRecord[] = []
      try {
        await proveStateTestCase(`${name} #${i}`, test, post, STEPS_PER_CASE, (record) => {
          records.push(record)
        })
        for (const record of sample(records, random)) {
          const count = record.data.length > LONG_PROOF ? 4 : MUTANTS
          const changes = randomChanges(proofSize(record.data), count, random)
          const { reverted, harmless, survivors } = await checkMutants(deployed, record, changes)
          builder.pass('mutants that reverted', reverted)
          builder.pass('mutants that gave the right state', harmless)
          for (const { kind, value, a, b } of survivors) {
            const change = `${changeKinds[kind]} value ${value} at ${a}, ${b}`
            builder.fail('mutants', `${record.op}: ${record.name}`, new Error(`a wrong state after ${change}`))
          }
        }
      } catch (error) {
        builder.fail('cases', `${name} #${i}`, error)
      }
    }
  }
  return builder.report
}

/** The first step of each opcode and micro-op, and some more at random. */
function sample(records: readonly StepRecord[], random: (below: number) => number): StepRecord[] {
  const seen = new Set<string>()
  const chosen = records.filter(({ op }) => !seen.has(op) && seen.add(op))
  for (let i = 0; i < SAMPLED && records.length > 0; i++) chosen.push(records[random(records.length)]!)
  return chosen
}
