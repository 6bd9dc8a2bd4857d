import type { L1Transaction } from './transactions.ts'

/** The transactions as a table for a terminal. */
export function tableOf(sent: readonly L1Transaction[]): string {
  const rows = sent.map(({ by, call, gasUsed, bytes }, at) => [
    `${at + 1}`,
    by,
    call,
    gasUsed.toLocaleString('en'),
    bytes.toLocaleString('en'),
  ])
  const total = sent.reduce((sum, { gasUsed }) => sum + gasUsed, 0n)
  const all = [
    ['#', 'by', 'call', 'gas', 'calldata bytes'],
    ...rows,
    ['', '', 'together', total.toLocaleString('en'), ''],
  ]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  const lines = all.map((row) =>
    row.map((cell, column) => (column >= 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  '),
  )
  return lines.map((line) => line.trimEnd()).join('\n')
}
