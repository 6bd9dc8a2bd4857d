// Differential fuzzing of the step machine. The suite runs a fixed range of seeds; any other with
//   npm run conformance -- --suite machine-fuzz --filter seed=N        one seed, such as a finding prints
//   CREMA_FUZZ_SEEDS=1000-999999 npm run conformance -- --suite machine-fuzz   a range, as long as one likes
import { shareChainVerifier } from '../coverage/chain-verifier.ts'
import { createReport, type ReportBuilder, type Suite, type TaskReport } from '../suite.ts'
import { densest } from './densest.ts'
import { fuzzBlocks } from './fuzz-blocks.ts'
import { fuzzPlain } from './fuzz-plain.ts'
import { fuzzSteps } from './fuzz-steps.ts'
import { sharePlainChains } from './plain-chain.ts'

/** Seeds of the bounded run: about two minutes. */
const SEEDS = '1-120'

type Target = (seed: number, builder: ReportBuilder) => Promise<void>
const targets: Readonly<Record<string, Target>> = { blocks: fuzzBlocks, steps: fuzzSteps, plain: fuzzPlain }
/** The search for dense programs takes long: only seeds that this divides begin one. */
const DENSEST = 10

/** Random programs and blocks on the machine, the execution engine, anvil, and the step verifier. */
export const machineFuzz: Suite = {
  name: 'machine-fuzz',
  title: 'random blocks beside @ethereumjs/vm and anvil, random steps on chain, most micro-ops for gas',
  async tasks() {
    await shareChainVerifier()
    await sharePlainChains()
    return seeds().map((seed) => `seed=${seed}`)
  },
  run,
}

/** Those of CREMA_FUZZ_SEEDS, or the one that `--filter` names. */
function seeds(): number[] {
  const named = process.argv.join(' ').match(/seed=(\d+)/)?.[1]
  const range = named ?? process.env.CREMA_FUZZ_SEEDS ?? SEEDS
  const [first, last = first] = range.split('-').map(Number) as [number, number?]
  return Array.from({ length: last! - first + 1 }, (_, i) => first + i)
}

async function run(task: string): Promise<TaskReport> {
  const builder = createReport()
  const seed = Number(task.slice('seed='.length))
  const due = seed % DENSEST === 0 ? { ...targets, densest } : targets
  for (const [name, target] of Object.entries(due)) {
    try {
      await target(seed, builder)
    } catch (error) {
      builder.fail(name, task, error)
      console.log(`  FINDING ${name} ${task}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return builder.report
}
