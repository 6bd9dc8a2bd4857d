import {
  bytesToHex,
  type Hash,
  type LocatedReceipt,
  type LocatedSkip,
  type LocatedTransaction,
  type SkipReason,
} from '@crema/protocol'
import { toBlob, toBytes } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { logId, transactionPlace } from '../row-ids.ts'
import { type LogRow, logOf, receiptOf, type TransactionRow, transactionOf } from './rows.ts'

interface PlacedRow extends TransactionRow {
  readonly block_hash: Buffer
  readonly bytes: Buffer | null
}

// Reads one transaction's bytes out of the payload instead of the whole block.
const findTransaction = `SELECT t.*, b.hash AS block_hash,
    coalesce(t.raw, substr(p.data, t.payload_offset + 1, t.raw_length)) AS bytes
  FROM transactions t JOIN blocks b ON b.number = (t.id >> 15) LEFT JOIN payloads p ON p.id = b.payload_id
  WHERE t.hash = ? ORDER BY t.id DESC LIMIT 1`

/** See {@link ChainReader.transactionByHash}. */
export function transactionByHash(context: StoreContext, hash: Hash): LocatedTransaction | undefined {
  const row = context.statement<PlacedRow>(findTransaction).get(toBlob(hash))
  return row && locate(row)
}

/** See {@link ChainReader.receiptByHash}. */
export function receiptByHash(context: StoreContext, hash: Hash): LocatedReceipt | undefined {
  return context.read(() => {
    const row = context.statement<PlacedRow>(findTransaction).get(toBlob(hash))
    if (row === undefined) return undefined
    const located = locate(row)
    const { block } = transactionPlace(row.id)
    const logs = row.log_count === 0 ? [] : readLogs(context, block, row)
    const receipt = receiptOf(row, located.transaction.decoded.type, logs.map(logOf))
    return { ...located, receipt, firstLogIndex: row.first_log }
  })
}

function readLogs(context: StoreContext, block: number, row: TransactionRow): LogRow[] {
  return context
    .statement<LogRow>('SELECT * FROM logs WHERE id >= ? AND id < ? ORDER BY id')
    .all(logId(block, row.first_log), logId(block, row.first_log) + row.log_count)
}

function locate(row: PlacedRow): LocatedTransaction {
  const { block, index } = transactionPlace(row.id)
  if (row.bytes?.length !== row.raw_length)
    throw new ChainStoreError('STORE_CORRUPT', 'a transaction lies outside its payload', { details: { block, index } })
  return {
    blockNumber: BigInt(block),
    blockHash: bytesToHex(row.block_hash),
    index,
    transaction: transactionOf(row, toBytes(row.bytes)),
  }
}

/** See {@link ChainReader.skippedByHash}. */
export function skippedByHash(context: StoreContext, hash: Hash): LocatedSkip | undefined {
  const row = context
    .statement<{
      number: number
      block_hash: Buffer
      entry_index: number
      hash: Buffer
      reason: SkipReason
      detail: string
    }>(
      `SELECT b.number, b.hash AS block_hash, s.entry_index, s.hash, s.reason, s.detail
       FROM skipped s JOIN blocks b ON b.number = (s.id >> 15) WHERE s.hash = ? ORDER BY s.id DESC LIMIT 1`,
    )
    .get(toBlob(hash))
  return (
    row && {
      blockNumber: BigInt(row.number),
      blockHash: bytesToHex(row.block_hash),
      entryIndex: row.entry_index,
      hash: bytesToHex(row.hash),
      reason: row.reason,
      detail: row.detail,
    }
  )
}

/** See {@link ChainReader.depositByAlias}. */
export function depositByAlias(context: StoreContext, alias: Hash): Hash | undefined {
  const row = context
    .statement<{ hash: Buffer }>(
      `SELECT t.hash FROM deposit_aliases a JOIN transactions t ON t.id = a.transaction_id
       WHERE a.alias = ? ORDER BY t.id DESC LIMIT 1`,
    )
    .get(toBlob(alias))
  return row && bytesToHex(row.hash)
}
