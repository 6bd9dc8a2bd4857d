// Conformance: runs Ethereum's official test corpora through the execution engine. `--suite NAME` (repeatable) runs some of them,
// `--filter TEXT` only the tasks that contain the text, `--every N` only each N-th, `--full` the exhaustive form of the suites that have one. A suite `machine-NAME` is meant by NAME too. Exits with 1 on any failure; the last line is a JSON summary.
import { parseArgs } from 'node:util'
import { runTasks } from './pool.ts'
import { mergeReports, type Suite, type TaskReport } from './suite.ts'
import { suites } from './suites.ts'

const THREADS = 2
const SHOWN_FAILURES = 20
const PROGRESS_MS = 15_000

interface Summary {
  readonly suite: string
  readonly seconds: number
  readonly passed: Readonly<Record<string, number>>
  readonly failed: number
  readonly excluded: Readonly<Record<string, number>>
  readonly largest: Readonly<Record<string, number>>
}

/** Runs what the filter leaves of a suite; undefined when that is nothing. */
async function runSuite(suite: Suite, filter: string, every: number): Promise<Summary | undefined> {
  const started = performance.now()
  const tasks = (await suite.tasks()).filter((task) => task.includes(filter)).filter((_, i) => i % every === 0)
  if (tasks.length === 0 && filter !== '') return undefined
  console.log(`${suite.name}: ${suite.title} (${tasks.length} tasks)`)
  const reports: TaskReport[] = []
  let shown = started
  await runTasks(suite.name, tasks, THREADS, (report, done) => {
    reports.push(report)
    if (performance.now() - shown < PROGRESS_MS) return
    shown = performance.now()
    console.log(`  ${done} of ${tasks.length} tasks, ${Math.round((shown - started) / 1000)} s`)
  })
  return summarize(suite, mergeReports(reports), (performance.now() - started) / 1000)
}

function summarize(suite: Suite, report: TaskReport, seconds: number): Summary {
  const failedIn = (group: string): number => report.failures.filter((failure) => failure.group === group).length
  const groups = new Set([...Object.keys(report.passed), ...report.failures.map(({ group }) => group)])
  for (const group of [...groups].sort()) {
    const passed = report.passed[group] ?? 0
    console.log(`  ${group}: ${passed} of ${passed + failedIn(group)}`)
  }
  for (const [reason, count] of Object.entries(report.excluded)) console.log(`  excluded: ${count} ${reason}`)
  for (const [what, value] of Object.entries(report.largest)) console.log(`  largest number of ${what}: ${value}`)
  for (const { group, name, message } of report.failures.slice(0, SHOWN_FAILURES)) {
    console.log(`  FAILED ${group} ${name}\n    ${message}`)
  }
  const { passed, excluded, largest, failures } = report
  return {
    suite: suite.name,
    seconds: Math.round(seconds * 10) / 10,
    passed,
    failed: failures.length,
    excluded,
    largest,
  }
}

const { values } = parseArgs({
  options: {
    suite: { type: 'string', multiple: true },
    filter: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
  },
})
// Threads inherit it.
if (values.full) process.env.CREMA_FULL = '1'
const isMeant = (suite: Suite, name: string): boolean => suite.name === name || suite.name === `machine-${name}`
const unknown = (values.suite ?? []).filter((name) => !suites.some((suite) => isMeant(suite, name)))
if (unknown.length > 0)
  throw new Error(`no suite ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}`)

const summaries: Summary[] = []
for (const suite of suites) {
  if (values.suite === undefined || values.suite.some((name) => isMeant(suite, name))) {
    const summary = await runSuite(suite, values.filter, Number(values.every))
    if (summary !== undefined) summaries.push(summary)
  }
}
// Nothing passed means that nothing was checked.
const empty = summaries.length === 0 || summaries.some(({ passed }) => Object.keys(passed).length === 0)
const ok = !empty && summaries.every(({ failed }) => failed === 0)
console.log(JSON.stringify({ ok, suites: summaries }))
process.exitCode = ok ? 0 : 1
