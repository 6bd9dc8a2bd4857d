import type { Machine } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'
import type { Committer } from './committer.ts'
import { encodeWords } from './encode-words.ts'
import type { RecordsTree } from './memos.ts'
import { addRecords, createRecordsTree } from './records-tree.ts'
import { sealRoots } from './seal-words.ts'
import { RECORDS_DEPTH, wordTreeRoot } from './word-tree.ts'

/** Words of section R. */
export const RUN_WORDS = 15

/** The words of section R (docs/protocol/machine.md, Commitments). */
export function runWords(c: Committer, m: Machine): Uint8Array {
  const { tree, bloom } = recordsOf(c, m)
  const { deposits, entries } = segmentsBegun(m)
  const { transactionsRoot, receiptsRoot } = sealRoots(m)
  const records = wordTreeRoot(tree, RECORDS_DEPTH)
  return encodeWords([
    m.b.cumulativeGas,
    m.records.length,
    deposits,
    entries,
    records,
    bloom,
    transactionsRoot,
    receiptsRoot,
  ])
}

/** Segments begun of each kind; that of a machine before its first micro-op is not. */
export function segmentsBegun(m: Machine): { readonly deposits: number; readonly entries: number } {
  const waits = m.steps === 0
  const deposits = waits && m.x.op === microOp.depositLoad ? m.nextDeposit - 1 : m.nextDeposit
  const entries = waits && m.x.op === microOp.txLoad ? m.nextEntry - 1 : m.nextEntry
  return { deposits, entries }
}

/** The tree of the block's records so far. */
export function recordsOf(c: Committer, m: Machine): RecordsTree {
  if (c.records === undefined || c.records.of !== m.records) c.records = createRecordsTree(m)
  addRecords(c.records, m)
  return c.records
}
