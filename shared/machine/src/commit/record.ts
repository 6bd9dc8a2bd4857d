import { hexToBytes, tags } from '@crema/protocol'
import { encodeWords } from './encode-words.ts'
import { hashWordBytes } from './hash.ts'
import type { LogsTotal } from './memos.ts'

const tag = hexToBytes(tags.record)

/** What sealing needs of an executed transaction. */
export interface TransactionRecord {
  readonly txHash: Uint8Array
  readonly rawLength: number
  readonly type: number
  readonly success: boolean
  readonly cumulativeGas: bigint
  readonly logCount: number
  readonly logs: LogsTotal
  /** 256 bytes. */
  readonly bloom: Uint8Array
}

/** The 16 words of a record. */
export function recordWords(record: TransactionRecord): Uint8Array {
  const { txHash, rawLength, type, success, cumulativeGas, logCount, logs, bloom } = record
  return encodeWords([txHash, rawLength, type, success, cumulativeGas, logCount, logs.size, logs.root, bloom])
}

/** Leaf of the records tree: `H(record, txHash, rawLength, type, success, cumulativeGas, logCount, logsSize, logsRoot, bloom (8 words))`. */
export function recordHash(record: TransactionRecord): Uint8Array {
  return hashWordBytes(tag, recordWords(record))
}
