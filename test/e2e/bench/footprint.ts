// Memory of a node and bytes on disk after many transactions, each measured in a fresh process.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Row, row } from './row.ts'

const MANY = 100_000
const FEW = 5_000

interface Footprint {
  readonly rss: number
  readonly rawBytes: number
  readonly fileBytes: number
}

const run = (count: number): Footprint =>
  JSON.parse(
    execFileSync(process.execPath, [join(import.meta.dirname, 'footprint-child.ts'), String(count)], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .at(-1)!,
  )

/** Executes and stores 100,000 transfers to new accounts with the node's executor and store. */
export async function benchFootprint(): Promise<Row[]> {
  const few = run(FEW)
  const many = run(MANY)
  return [
    row(`node memory after ${MANY} transactions (peer: after ${FEW})`, 'MiB', many.rss / 2 ** 20, few.rss / 2 ** 20),
    row(
      'disk per transaction, state with history (peer: its raw bytes)',
      'bytes',
      many.fileBytes / MANY,
      many.rawBytes / MANY,
    ),
  ]
}
