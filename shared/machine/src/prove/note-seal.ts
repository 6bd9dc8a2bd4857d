import { concatBytes } from '@crema/protocol'
import type { Committer } from '../commit/committer.ts'
import { hasherWords } from '../commit/hasher.ts'
import { logDataChain } from '../commit/log-data-chain.ts'
import { logWords } from '../commit/log-leaf.ts'
import { createLogsTree, logsTotal } from '../commit/logs-tree.ts'
import { recordWords } from '../commit/record.ts'
import { recordAt } from '../commit/records-tree.ts'
import { recordsOf } from '../commit/run-words.ts'
import { BYTES_DEPTH, RECORDS_DEPTH } from '../commit/word-tree.ts'
import type { Machine, MachineLog } from '../state/machine.ts'
import { note, noteRange, noteString, type Witness } from '../state/witness.ts'
import { microOp } from '../step/micro-op.ts'
import { receiptsBefore, transactionsBefore } from '../step/osp-seal/block-tries.ts'
import { indexAt } from '../step/osp-seal/key-order.ts'
import { type OpenTrie, openTrieWords } from '../step/osp-seal/open-trie.ts'
import { receiptHasher } from '../step/osp-seal/receipt-stream.ts'
import { LOG_PIECE } from '../step/sizes.ts'

/**
 * Notes what sealing reads (docs/protocol/machine.md, Seal). Without commitments its micro-ops only count, so they read nothing themselves; sealHeader
 * reads its account and notes it as any other does.
 */
export function noteSeal(w: Witness, c: Committer, m: Machine): void {
  const { x, body } = m
  if (x.op < microOp.sealTransaction || x.op > microOp.sealLogData) return
  const index = indexAt(x.i, m.records.length)
  noteRecord(w, c, m, index)
  if (x.op === microOp.sealTransaction) {
    noteString(w, body.transactions[index]!.raw)
    noteOpenTrie(w, transactionsBefore(body, x.i))
    return
  }
  const logs = m.records[index]!
  if (x.op !== microOp.sealReceipt) notePiece(w, m, logs)
  if (endsReceipt(m, logs)) noteOpenTrie(w, receiptsBefore(body, x.i))
}

/** Leaf `index` of the records' tree, then the record. */
function noteRecord(w: Witness, c: Committer, m: Machine, index: number): void {
  noteRange(w, recordsOf(c, m).tree, RECORDS_DEPTH, index, 1)
  note(w, recordWords(recordAt(m, index)))
}

/** The hasher, with sealLog the log, and the next piece of its data with the chain behind it. */
function notePiece(w: Witness, m: Machine, logs: readonly MachineLog[]): void {
  const { x } = m
  const { data } = logs[x.n]!
  const left = x.op === microOp.sealLogData ? x.srcLen : 0
  note(w, hasherWords(receiptHasher(m, x.i, x.n, left)))
  if (x.op === microOp.sealLog) noteSealedLog(w, logs, x.n)
  if (data.length === 0) return
  const start = left > 0 ? data.length - left : 0
  const end = Math.min(start + LOG_PIECE, data.length)
  note(w, data.subarray(start, end))
  note(w, logDataChain(data, end))
}

/** Leaf `index` of the logs' tree, then the log. */
function noteSealedLog(w: Witness, logs: readonly MachineLog[], index: number): void {
  const known = createLogsTree()
  logsTotal(known, logs)
  noteRange(w, known.tree, BYTES_DEPTH, index, 1)
  note(w, logWords(logs[index]!))
}

function endsReceipt({ x }: Machine, logs: readonly MachineLog[]): boolean {
  if (x.op === microOp.sealReceipt) return logs.length === 0
  const left = x.op === microOp.sealLogData ? x.srcLen : logs[x.n]!.data.length
  return left <= LOG_PIECE && x.n === logs.length - 1
}

function noteOpenTrie(w: Witness, open: OpenTrie): void {
  note(w, concatBytes(...openTrieWords(open)))
}
