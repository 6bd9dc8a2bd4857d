import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Change, putIn } from '../faults/put-in.ts'
import { createReport, type ReportBuilder, type Suite } from '../suite.ts'
import { firstFailure, INVARIANTS, UNIT_TESTS, withContracts } from './contracts-copy.ts'
import { duelFaults } from './duels.ts'
import { settlementFaults } from './settlement.ts'
import { stakeFaults } from './stakes.ts'

/** By what they break. */
export const groups: Readonly<Record<string, readonly Change[]>> = {
  settlement: settlementFaults,
  duels: duelFaults,
  stakes: stakeFaults,
}
const count = Object.values(groups).flat().length

/** Faults put into the contracts of disputes, one after the other into a copy that is tested: the invariants find it, or a unit test does. Without one all pass. */
export const disputeFaults: Suite = {
  name: 'dispute-faults',
  title: `${count} bugs put into the contracts of disputes: each is found`,
  tasks: async () => ['none', ...Object.keys(groups)],
  run: async (task) => {
    const builder = createReport()
    withContracts((directory) => {
      if (task === 'none') runUnchanged(builder, directory)
      for (const change of groups[task] ?? []) findFault(builder, directory, change)
    })
    return builder.report
  },
}

function runUnchanged(builder: ReportBuilder, directory: string): void {
  for (const tests of [INVARIANTS, UNIT_TESTS]) {
    const failure = firstFailure(directory, tests)
    if (failure === undefined) builder.pass('tests without a fault')
    else builder.fail('tests without a fault', tests.join(' '), failure)
  }
}

function findFault(builder: ReportBuilder, directory: string, change: Change): void {
  const name = `${change.file}: ${change.name}`
  const source = path.join(directory, 'contracts/src', change.file)
  const before = readFileSync(source, 'utf8')
  try {
    putIn(path.join(directory, 'contracts/src'), change)
    const found = firstFailure(directory, INVARIANTS)
    if (found !== undefined) builder.pass('faults found by the invariants')
    else if (firstFailure(directory, UNIT_TESTS) !== undefined) builder.pass('faults found by the unit tests alone')
    else builder.fail('faults', name, 'nothing finds it')
  } catch (error) {
    builder.fail('faults', name, error)
  }
  writeFileSync(source, before)
}
