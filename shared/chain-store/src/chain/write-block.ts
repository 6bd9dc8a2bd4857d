import { bytesEqual, encodeHeader, type Hash, keccak256Hex, type L2Block, payloadEntries } from '@crema/protocol'
import { toBlob, toCount, toQuantity } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { logId, transactionId } from '../row-ids.ts'
import type { BlockPosition, DepositAlias } from '../types.ts'
import { storePayload } from './payloads.ts'
import { positionColumns, positionValues } from './position.ts'

const insertBlock = `INSERT INTO blocks (number, hash, header, payload_id, ${positionColumns.join(', ')})
  VALUES (?, ?, ?, ?, ${positionColumns.map(() => '?').join(', ')})`

const insertTransaction = `INSERT INTO transactions (id, hash, sender, raw, payload_offset, raw_length, status, cumulative_gas,
  gas_used, gas_price, contract_address, first_log, log_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const insertLog = `INSERT INTO logs (id, transaction_index, address, topic0, topic1, topic2, topic3, data)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

/** Inserts all rows of a block. Checks that the block is whole, not where it stands. To be called inside a write transaction. */
export function writeBlock(
  context: StoreContext,
  block: L2Block,
  position: BlockPosition,
  aliases: readonly DepositAlias[],
): void {
  const header = encodeHeader(block.header)
  const hash = keccak256Hex(header)
  if (hash !== block.hash)
    throw new ChainStoreError('BAD_BLOCK', 'the header has another hash', { details: { expected: block.hash, hash } })
  if (block.receipts.length !== block.transactions.length)
    throw new ChainStoreError('BAD_BLOCK', 'each transaction has one receipt', {
      details: { transactions: block.transactions.length, receipts: block.receipts.length },
    })
  const number = toCount(block.header.number)
  const payload = position.payload
  const payloadId = payload === undefined ? null : storePayload(context, position.payloadHash, payload)
  context.statement(insertBlock).run(number, toBlob(hash), header, payloadId, ...positionValues(position))
  writeTransactions(context, number, block, payload)
  writeSkipped(context, number, block)
  writeAliases(context, number, block, aliases)
}

function writeTransactions(
  context: StoreContext,
  number: number,
  block: L2Block,
  payload: Uint8Array | undefined,
): void {
  const insert = context.statement(insertTransaction)
  const offsetOf = payloadOffsets(payload)
  let logs = 0
  for (const [index, transaction] of block.transactions.entries()) {
    const receipt = block.receipts[index]!
    const offset = transaction.decoded.type === 0x7e ? null : offsetOf(transaction.raw)
    insert.run(
      transactionId(number, index),
      toBlob(transaction.hash),
      toBlob(transaction.from),
      offset === null ? transaction.raw : null,
      offset,
      transaction.raw.length,
      receipt.status,
      toCount(receipt.cumulativeGasUsed),
      toCount(receipt.gasUsed),
      toQuantity(receipt.effectiveGasPrice),
      receipt.contractAddress === undefined ? null : toBlob(receipt.contractAddress),
      logs,
      receipt.logs.length,
    )
    for (const log of receipt.logs) {
      const [topic0, topic1, topic2, topic3] = log.topics.map(toBlob)
      context
        .statement(insertLog)
        .run(
          logId(number, logs++),
          index,
          toBlob(log.address),
          topic0 ?? null,
          topic1 ?? null,
          topic2 ?? null,
          topic3 ?? null,
          toBlob(log.data),
        )
    }
  }
}

/** Finds transactions in the payload, which holds them in order among the skipped ones; null for those that are not from it. */
function payloadOffsets(payload: Uint8Array | undefined): (raw: Uint8Array) => number | null {
  if (payload === undefined) return () => null
  const entries = payloadEntries(payload)
  let next = 0
  return (raw) => {
    for (let i = next; i < entries.length; i++) {
      const { bytes } = entries[i]!
      if (!bytesEqual(bytes, raw)) continue
      next = i + 1
      return bytes.byteOffset - payload.byteOffset
    }
    return null
  }
}

function writeSkipped(context: StoreContext, number: number, block: L2Block): void {
  const insert = context.statement('INSERT INTO skipped (id, entry_index, hash, reason, detail) VALUES (?, ?, ?, ?, ?)')
  for (const [i, skip] of block.skipped.entries())
    insert.run(transactionId(number, i), skip.entryIndex, toBlob(skip.hash), skip.reason, skip.detail)
}

function writeAliases(context: StoreContext, number: number, block: L2Block, aliases: readonly DepositAlias[]): void {
  if (aliases.length === 0) return
  const insert = context.statement('INSERT INTO deposit_aliases (transaction_id, alias) VALUES (?, ?)')
  const indexes = new Map<Hash, number>(block.transactions.map(({ hash }, index) => [hash, index]))
  for (const { alias, hash } of aliases) {
    const index = indexes.get(hash)
    if (index === undefined)
      throw new ChainStoreError('BAD_BLOCK', 'an alias names a deposit of another block', { details: { alias, hash } })
    insert.run(transactionId(number, index), toBlob(alias))
  }
}
