/** Runs every check and test, goes on after a failure, and adds up what passed and failed. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { foundryBinary } from '../shared/testing/src/foundry-binary.ts'

const root = join(import.meta.dirname, '..')
const reports = join(root, '.cache/reports')

interface Count {
  readonly passed: number
  readonly failed: number
}

interface Step {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Reads the counts from what the step printed or wrote; without one the step itself counts. */
  readonly count?: (output: string) => Count
  /** Names what failed and why; without one, the end of what the step printed. */
  readonly failures?: (output: string) => readonly string[]
}

/** What is read of vitest's JSON report. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

/** The end of what a step printed, where it says why it failed. */
const lastOf = (output: string): string => output.slice(-4_000)

const vitest = (project: string): Step => {
  const report = join(reports, `${project}.json`)
  const read = (): Report | undefined =>
    existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : undefined
  return {
    name: `vitest ${project}`,
    command: join(root, 'node_modules/.bin/vitest'),
    args: ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    count: () => {
      const result = read()
      if (result === undefined) return { passed: 0, failed: 1 }
      const { numPassedTests, numFailedTests, numFailedTestSuites } = result
      // A file that does not load fails without a failed test.
      return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0) }
    },
    failures: (output) => {
      const named = (read()?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
        const failed = assertionResults.filter((test) => test.status === 'failed')
        const file = relative(root, name)
        if (failed.length === 0) return status === 'failed' ? [`${file}\n${message ?? ''}`] : []
        return failed.map((test) => `${file} > ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`)
      })
      // A run may end badly without a failed test: an error outside of all tests, or a worker that died.
      return named.length > 0 ? named : [lastOf(output)]
    },
  }
}

const script = (name: string, file: string): Step => ({
  name,
  command: process.execPath,
  args: [`scripts/${file}`, '--check'],
})

/**
 * Lanes of a stage run side by side, the steps of a lane one after another. Compilers keep one core busy, so the tests without networks run
 * beside them; whole networks have the machine to themselves.
 */
const stages: readonly (readonly (readonly Step[])[])[] = [
  [
    [
      script('contract bindings are fresh', 'contracts.ts'),
      script('storage layouts are fresh', 'storage-layouts.ts'),
      {
        name: 'forge test',
        command: foundryBinary('forge'),
        args: ['test'],
        count: (output) => {
          const summary = /(\d+) tests passed, (\d+) failed/.exec(output)
          return summary === null
            ? { passed: 0, failed: 1 }
            : { passed: Number(summary[1]), failed: Number(summary[2]) }
        },
        failures: (output) => {
          const at = output.lastIndexOf('Failing tests:')
          return [at < 0 ? lastOf(output) : output.slice(at, at + 4_000)]
        },
      },
    ],
    [
      { name: 'types, format, dependencies', command: 'bash', args: ['scripts/check.sh'] },
      script('withdrawal vectors are fresh', 'withdrawal-vectors.ts'),
      vitest('unit'),
      vitest('integration'),
    ],
  ],
  [[vitest('e2e')]],
]

function run({ command, args }: Step, alone: boolean): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (alone) process.stdout.write(chunk)
        output += chunk.toString('utf8')
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

mkdirSync(reports, { recursive: true })
const only = process.argv.slice(2)
let passed = 0
let failed = 0
const lines: string[] = []
const failures: string[] = []

async function runStep(step: Step, alone: boolean): Promise<void> {
  if (alone) console.log(`\n== ${step.name}`)
  const start = performance.now()
  rmSync(join(reports, `${step.name.replace('vitest ', '')}.json`), { force: true })
  const { code, output } = await run(step, alone)
  if (!alone) console.log(`\n== ${step.name}\n${output}`)
  const counted = step.count?.(output) ?? { passed: code === 0 ? 1 : 0, failed: 0 }
  // A step that ends badly has failed even when it reports no failed test.
  const count = { passed: counted.passed, failed: code !== 0 && counted.failed === 0 ? 1 : counted.failed }
  passed += count.passed
  failed += count.failed
  if (count.failed > 0)
    failures.push(...(step.failures?.(output) ?? [lastOf(output)]).map((what) => `-- ${step.name}: ${what}`))
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  lines.push(`${step.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`)
}

const isChosen = ({ name }: Step): boolean => only.length === 0 || only.some((word) => name.includes(word))
for (const stage of stages) {
  const lanes = stage.map((lane) => lane.filter(isChosen)).filter((lane) => lane.length > 0)
  await Promise.all(
    lanes.map(async (lane) => {
      for (const step of lane) await runStep(step, lanes.length === 1)
    }),
  )
}
// Once more at the end, where a reader of a long log looks first.
if (failures.length > 0) console.log(`\n== what failed\n${failures.join('\n\n')}`)
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
