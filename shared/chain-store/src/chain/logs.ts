import { bytesToHex, type Hex, type LocatedLog, type LogFilter } from '@crema/protocol'
import { toBlob } from '../columns.ts'
import type { SqlValue, StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { logId, logPlace } from '../row-ids.ts'
import { readLatest } from './heads.ts'
import { type LogRow, logOf } from './rows.ts'

interface PlacedLogRow extends LogRow {
  readonly block_hash: Buffer
  readonly timestamp: number
  readonly transaction_hash: Buffer
}

/** A filter's conditions on table `logs` as SQL. */
interface Conditions {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** SQLite binds at most 32,766 values. */
const maxFilterValues = 30_000
/** Blocks of the first window; it grows while windows stay nearly empty. */
const firstWindow = 1024
const sparseWindow = 1000

/**
 * See {@link ChainReader.logs}. Reads window by window of blocks, so that a limit stops early and no sort holds more than one
 * window. As in geth, a filter of n topics matches only logs with at least n, and an empty list of choices means any.
 */
export function findLogs(context: StoreContext, filter: LogFilter): LocatedLog[] {
  const conditions = toConditions(filter)
  const limit = filter.limit === undefined ? Number.POSITIVE_INFINITY : filter.limit + 1
  if (conditions === undefined) return []
  return context.read(() => {
    const last = Number(min(filter.toBlock, readLatest(context).number))
    const found: LocatedLog[] = []
    let window = firstWindow
    for (let from = Number(max(filter.fromBlock, 0n)); from <= last && found.length < limit; ) {
      const end = Math.min(from + window, last + 1)
      const rows = select(context, conditions, from, end, limit - found.length)
      for (const row of rows) found.push(locate(row))
      if (rows.length < sparseWindow) window *= 2
      from = end
    }
    return found
  })
}

function select(
  context: StoreContext,
  { sql, values }: Conditions,
  from: number,
  end: number,
  limit: number,
): PlacedLogRow[] {
  const text = `SELECT l.*, b.hash AS block_hash, b.timestamp, t.hash AS transaction_hash
    FROM logs l CROSS JOIN blocks b ON b.number = (l.id >> 20)
      CROSS JOIN transactions t ON t.id = (b.number << 15) + l.transaction_index
    WHERE l.id >= ? AND l.id < ?${sql} ORDER BY l.id LIMIT ?`
  // Shapes of large filters are too many to keep their statements.
  const statement =
    values.length > 8 ? context.db.prepare<SqlValue[], PlacedLogRow>(text) : context.statement<PlacedLogRow>(text)
  return statement.all(logId(from, 0), logId(end, 0), ...values, Number.isFinite(limit) ? limit : -1)
}

/** Undefined when no log can match. Throws `LOG_FILTER_TOO_LARGE`. */
function toConditions({ addresses, topics }: LogFilter): Conditions | undefined {
  if (topics.length > 4) return undefined
  const conditions: string[] = []
  const values: SqlValue[] = []
  const oneOf = (column: string, choices: readonly Hex[]): void => {
    conditions.push(`${column} IN (${choices.map(() => '?').join(', ')})`)
    for (const choice of choices) values.push(toBlob(choice))
  }
  const size = addresses.length + topics.reduce((sum, choices) => sum + (choices?.length ?? 0), 0)
  if (size > maxFilterValues)
    throw new ChainStoreError('LOG_FILTER_TOO_LARGE', 'too many addresses and topics', {
      details: { size, most: maxFilterValues },
    })
  if (addresses.length > 0) oneOf('l.address', addresses)
  // `+` keeps SQLite off the index of first topics: among the events of one contract it looks through fewer than among all transfers.
  const off = addresses.length > 0 ? '+' : ''
  for (const [i, choices] of topics.entries()) {
    if (choices !== null && choices.length > 0) oneOf(`${off}l.topic${i}`, choices)
    else conditions.push(`l.topic${i} IS NOT NULL`)
  }
  return { sql: conditions.map((condition) => ` AND ${condition}`).join(''), values }
}

function locate(row: PlacedLogRow): LocatedLog {
  const { block, index } = logPlace(row.id)
  return {
    ...logOf(row),
    blockNumber: BigInt(block),
    blockHash: bytesToHex(row.block_hash),
    blockTimestamp: BigInt(row.timestamp),
    transactionHash: bytesToHex(row.transaction_hash),
    transactionIndex: row.transaction_index,
    logIndex: index,
  }
}

function min(left: bigint, right: bigint): bigint {
  return left < right ? left : right
}

function max(left: bigint, right: bigint): bigint {
  return left > right ? left : right
}
