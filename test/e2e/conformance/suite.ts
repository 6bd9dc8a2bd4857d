/** What became of one unit of work; counts are per group, such as a fork. */
export interface TaskReport {
  readonly passed: Readonly<Record<string, number>>
  /** What should have passed. */
  readonly failures: readonly { readonly group: string; readonly name: string; readonly message: string }[]
  /** Cases left out on purpose, by reason. */
  readonly excluded: Readonly<Record<string, number>>
  /** Largest values that were measured, by what they measure. */
  readonly largest: Readonly<Record<string, number>>
}

/** A body of conformance tests. Tasks are opaque strings, run in any order on any thread. */
export interface Suite {
  readonly name: string
  /** What it checks, in one line. */
  readonly title: string
  /** Finds the work; throws when the vectors are absent. */
  tasks(): Promise<readonly string[]>
  run(task: string): Promise<TaskReport>
}

/** Collects a {@link TaskReport}. */
export interface ReportBuilder {
  pass(group: string, count?: number): void
  fail(group: string, name: string, error: unknown): void
  exclude(reason: string, count?: number): void
  measure(what: string, value: number): void
  readonly report: TaskReport
}

export function createReport(): ReportBuilder {
  const passed: Record<string, number> = {}
  const excluded: Record<string, number> = {}
  const largest: Record<string, number> = {}
  const failures: { group: string; name: string; message: string }[] = []
  return {
    pass(group, count = 1) {
      passed[group] = (passed[group] ?? 0) + count
    },
    fail(group, name, error) {
      failures.push({ group, name, message: error instanceof Error ? error.message.slice(0, 400) : String(error) })
    },
    exclude(reason, count = 1) {
      excluded[reason] = (excluded[reason] ?? 0) + count
    },
    measure(what, value) {
      largest[what] = Math.max(largest[what] ?? 0, value)
    },
    report: { passed, failures, excluded, largest },
  }
}

/** One report of many. */
export function mergeReports(reports: readonly TaskReport[]): TaskReport {
  const merged = createReport()
  for (const report of reports) {
    for (const [group, count] of Object.entries(report.passed)) merged.pass(group, count)
    for (const [reason, count] of Object.entries(report.excluded)) merged.exclude(reason, count)
    for (const [what, value] of Object.entries(report.largest)) merged.measure(what, value)
    for (const { group, name, message } of report.failures) merged.fail(group, name, message)
  }
  return merged.report
}
