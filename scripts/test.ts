/** Runs every check and test, goes on after a failure, and adds up what passed and failed. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
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
}

const vitest = (project: string): Step => {
  const report = join(reports, `${project}.json`)
  return {
    name: `vitest ${project}`,
    command: join(root, 'node_modules/.bin/vitest'),
    args: ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    count: () => {
      if (!existsSync(report)) return { passed: 0, failed: 1 }
      const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
      // A file that does not load fails without a failed test.
      return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0) }
    },
  }
}

/** Groups run one after another, the steps of a group side by side. */
const groups: readonly (readonly Step[])[] = [
  [{ name: 'types, format, dependencies', command: 'bash', args: ['scripts/check.sh'] }],
  [{ name: 'contract bindings are fresh', command: process.execPath, args: ['scripts/contracts.ts', '--check'] }],
  [{ name: 'storage layouts are fresh', command: process.execPath, args: ['scripts/storage-layouts.ts', '--check'] }],
  [
    {
      name: 'withdrawal vectors are fresh',
      command: process.execPath,
      args: ['scripts/withdrawal-vectors.ts', '--check'],
    },
  ],
  // Neither starts a process or opens a port, and the one waits for compilers while the other computes.
  [
    {
      name: 'forge test',
      command: foundryBinary('forge'),
      args: ['test'],
      count: (output) => {
        const summary = /(\d+) tests passed, (\d+) failed/.exec(output)
        return summary === null ? { passed: 0, failed: 1 } : { passed: Number(summary[1]), failed: Number(summary[2]) }
      },
    },
    vitest('unit'),
  ],
  [vitest('integration')],
  [vitest('e2e')],
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
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  lines.push(`${step.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`)
}

for (const group of groups) {
  const chosen = group.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)))
  await Promise.all(chosen.map((step) => runStep(step, chosen.length === 1)))
}
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
