import {
  type BlockTransaction,
  bytesToHex,
  type Hash,
  type L2Block,
  type Receipt,
  type SkippedTransaction,
  type SkipReason,
} from '@crema/protocol'
import { toBlob, toBytes } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { logId, transactionId } from '../row-ids.ts'
import { readRef } from './heads.ts'
import { loadPayload } from './payloads.ts'
import { headerByHash } from './read-header.ts'
import { type LogRow, logOf, receiptOf, type TransactionRow, transactionOf } from './rows.ts'

/** See {@link ChainReader.blockByNumber}. */
export function blockByNumber(context: StoreContext, number: bigint): L2Block | undefined {
  return context.read(() => {
    const ref = readRef(context, number)
    return ref && readBlock(context, Number(number), ref.hash)
  })
}

/** See {@link ChainReader.blockByHash}. */
export function blockByHash(context: StoreContext, hash: Hash): L2Block | undefined {
  return context.read(() => {
    const row = context
      .statement<{ number: number; hash: Buffer }>('SELECT number, hash FROM blocks WHERE hash = ?')
      .get(toBlob(hash))
    return row && readBlock(context, row.number, bytesToHex(row.hash))
  })
}

/** The block at `number`, which the database was just seen to hold with this hash. */
function readBlock(context: StoreContext, number: number, hash: Hash): L2Block {
  const cached = context.blocks.get(hash)
  if (cached !== undefined) return cached
  const { hash: _, ...header } = headerByHash(context, hash)!
  const block: L2Block = { hash, header, ...readBody(context, number), skipped: readSkipped(context, number) }
  context.blocks.set(hash, block)
  return block
}

function readBody(
  context: StoreContext,
  number: number,
): { readonly transactions: readonly BlockTransaction[]; readonly receipts: readonly Receipt[] } {
  const rows = context
    .statement<TransactionRow>('SELECT * FROM transactions WHERE id >= ? AND id < ? ORDER BY id')
    .all(transactionId(number, 0), transactionId(number + 1, 0))
  if (rows.length === 0) return { transactions: [], receipts: [] }
  const logs = context
    .statement<LogRow>('SELECT * FROM logs WHERE id >= ? AND id < ? ORDER BY id')
    .all(logId(number, 0), logId(number + 1, 0))
    .map(logOf)
  const payload = readPayloadOf(context, number)
  const transactions = rows.map((row) => transactionOf(row, rawOf(row, payload, number)))
  return {
    transactions,
    receipts: rows.map((row, i) =>
      receiptOf(row, transactions[i]!.decoded.type, logs.slice(row.first_log, row.first_log + row.log_count)),
    ),
  }
}

function readPayloadOf(context: StoreContext, number: number): Uint8Array | undefined {
  const row = context
    .statement<{ payload_id: number | null }>('SELECT payload_id FROM blocks WHERE number = ?')
    .get(number)
  return row === undefined || row.payload_id === null ? undefined : loadPayload(context, row.payload_id)
}

function rawOf(row: TransactionRow, payload: Uint8Array | undefined, number: number): Uint8Array {
  if (row.raw !== null) return toBytes(row.raw)
  const offset = row.payload_offset ?? 0
  if (payload !== undefined && offset + row.raw_length <= payload.length)
    return payload.slice(offset, offset + row.raw_length)
  throw new ChainStoreError('STORE_CORRUPT', 'a transaction lies outside its payload', {
    details: { number, id: row.id },
  })
}

function readSkipped(context: StoreContext, number: number): SkippedTransaction[] {
  return context
    .statement<{ entry_index: number; hash: Buffer; reason: SkipReason; detail: string }>(
      'SELECT entry_index, hash, reason, detail FROM skipped WHERE id >= ? AND id < ? ORDER BY id',
    )
    .all(transactionId(number, 0), transactionId(number + 1, 0))
    .map((row) => ({
      entryIndex: row.entry_index,
      hash: bytesToHex(row.hash),
      reason: row.reason,
      detail: row.detail,
    }))
}
