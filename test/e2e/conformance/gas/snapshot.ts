import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Snapshot } from './measure-all.ts'
import { gasTable } from './table.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const file = path.join(root, 'contracts/snapshots/Steps.json')
const page = path.join(root, 'docs/protocol/machine.md')
const [BEGIN, END] = [
  '<!-- contracts/snapshots/Steps.json: begin -->\n',
  '<!-- contracts/snapshots/Steps.json: end -->',
]

export function readSnapshot(): Snapshot {
  return JSON.parse(readFileSync(file, 'utf8')) as Snapshot
}

/** Writes the snapshot, by name, and its table into docs/protocol/machine.md. */
export function writeSnapshot(costs: Snapshot): void {
  const sorted = Object.entries(costs).sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = sorted.map(([op, cost]) => `  ${JSON.stringify(op)}: ${JSON.stringify(cost)}`)
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
  const [before, , after] = splitPage()
  writeFileSync(page, `${before}${BEGIN}${gasTable(costs)}${END}${after}`)
}

/** Whether the page shows the snapshot as it is. */
export function isDocumented(costs: Snapshot): boolean {
  return splitPage()[1] === gasTable(costs)
}

function splitPage(): [before: string, table: string, after: string] {
  const text = readFileSync(page, 'utf8')
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error('docs/protocol/machine.md has no place for the table of gas')
  return [text.slice(0, begin), text.slice(begin + BEGIN.length, end), text.slice(end + END.length)]
}
