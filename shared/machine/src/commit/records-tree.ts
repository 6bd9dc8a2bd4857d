import { hexToBytes } from '@crema/protocol'
import type { Machine } from '../state/machine.ts'
import { createLogsTree, logsTotal } from './logs-tree.ts'
import type { RecordsTree } from './memos.ts'
import { recordHash, type TransactionRecord } from './record.ts'
import { RECORDS_DEPTH, setLeaf } from './word-tree.ts'

/** A tree that {@link addRecords} fills. */
export function createRecordsTree({ records }: Machine): RecordsTree {
  return { of: records, count: 0, tree: undefined, bloom: new Uint8Array(256) }
}

/** Adds the transactions that were executed since. */
export function addRecords(known: RecordsTree, m: Machine): void {
  for (; known.count < m.records.length; known.count++) {
    const record = recordAt(m, known.count)
    known.tree = setLeaf(known.tree, RECORDS_DEPTH, known.count, recordHash(record))
    for (let i = 0; i < 256; i++) known.bloom[i]! |= record.bloom[i]!
  }
}

/** Record of the `index`-th executed transaction. */
export function recordAt({ body, records }: Machine, index: number): TransactionRecord {
  const { hash, raw } = body.transactions[index]!
  const receipt = body.receipts[index]!
  const logs = records[index]!
  return {
    txHash: hexToBytes(hash),
    rawLength: raw.length,
    type: receipt.type,
    success: receipt.status === 1,
    cumulativeGas: receipt.cumulativeGasUsed,
    logCount: logs.length,
    logs: logsTotal(createLogsTree(), logs),
    bloom: hexToBytes(receipt.logsBloom),
  }
}
