import { type BlockTransaction, bytesToHex, type Hash, type Log, logsBloom, type Receipt } from '@crema/protocol'
import { fromQuantity } from '../columns.ts'
import { decodeStored } from '../guard.ts'
import { decodeBlockTransaction } from './transaction-codec.ts'

/** A row of table `transactions`. */
export interface TransactionRow {
  readonly id: number
  readonly hash: Buffer
  readonly sender: Buffer
  readonly raw: Buffer | null
  readonly payload_offset: number | null
  readonly raw_length: number
  readonly status: number
  readonly cumulative_gas: number
  readonly gas_used: number
  readonly gas_price: Buffer
  readonly contract_address: Buffer | null
  readonly first_log: number
  readonly log_count: number
}

/** A row of table `logs`. */
export interface LogRow {
  readonly id: number
  readonly transaction_index: number
  readonly address: Buffer
  readonly topic0: Buffer | null
  readonly topic1: Buffer | null
  readonly topic2: Buffer | null
  readonly topic3: Buffer | null
  readonly data: Buffer
}

/** The transaction of a row. Throws `STORE_CORRUPT`. */
export function transactionOf(row: TransactionRow, raw: Uint8Array): BlockTransaction {
  return {
    hash: bytesToHex(row.hash),
    raw,
    decoded: decodeStored('transaction', { id: row.id }, () => decodeBlockTransaction(raw)),
    from: bytesToHex(row.sender),
  }
}

/** The receipt of a row; the bloom is computed again rather than stored. */
export function receiptOf(row: TransactionRow, type: number, logs: readonly Log[]): Receipt {
  return {
    type,
    status: row.status === 0 ? 0 : 1,
    cumulativeGasUsed: BigInt(row.cumulative_gas),
    logsBloom: logs.length === 0 ? emptyBloom : logsBloom(logs),
    logs,
    gasUsed: BigInt(row.gas_used),
    effectiveGasPrice: fromQuantity(row.gas_price),
    contractAddress: row.contract_address === null ? undefined : bytesToHex(row.contract_address),
  }
}

const emptyBloom = logsBloom([])

/** The log of a row. */
export function logOf(row: LogRow): Log {
  const topics: Hash[] = []
  for (const topic of [row.topic0, row.topic1, row.topic2, row.topic3]) {
    if (topic === null) break
    topics.push(bytesToHex(topic))
  }
  return { address: bytesToHex(row.address), topics, data: bytesToHex(row.data) }
}
