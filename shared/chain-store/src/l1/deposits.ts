import type { Deposit } from '@crema/protocol'
import { and, asc, gte, lt } from 'drizzle-orm'
import { toCount } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { deposits } from '../schema.ts'
import type { DepositLimits } from '../types.ts'
import { readCursor } from './cursor.ts'

/** See {@link ChainStore.depositCount}. */
export function readDepositCount(context: StoreContext): bigint {
  const row = context.statement<{ last: number | null }>('SELECT max(deposit_index) AS last FROM deposits').get()
  return row === undefined || row.last === null ? 0n : BigInt(row.last) + 1n
}

/** See {@link ChainStore.deposits}. */
export function readDeposits(context: StoreContext, start: bigint, end: bigint): Deposit[] {
  if (start < 0n || end <= start) return []
  return context.read(() => {
    const count = readDepositCount(context)
    if (end > count)
      throw new ChainStoreError('MISSING_DEPOSIT', 'a deposit is not stored yet', {
        details: { start, end, count },
        retryable: true,
      })
    return context.orm
      .select()
      .from(deposits)
      .where(and(gte(deposits.index, start), lt(deposits.index, end)))
      .orderBy(asc(deposits.index))
      .all()
      .map((row) => ({ ...row, to: row.to ?? undefined }))
  })
}

/** See {@link ChainStore.depositEndFor}. */
export function depositEndFor(context: StoreContext, limits: DepositLimits): bigint {
  return context.read(() => {
    const cursor = readCursor(context)
    if (cursor === undefined || cursor.number < limits.maxBlock)
      throw new ChainStoreError('L1_NOT_FOLLOWED', 'deposits are not known up to that L1 block', {
        details: { cursor, maxBlock: limits.maxBlock },
        retryable: true,
      })
    const most = limits.maxCount < BigInt(Number.MAX_SAFE_INTEGER) ? Number(limits.maxCount) : -1
    const rows = context
      .statement<{ gas_limit: number; l1_block_number: number; l1_timestamp: number }>(
        'SELECT gas_limit, l1_block_number, l1_timestamp FROM deposits WHERE deposit_index >= ? ORDER BY deposit_index LIMIT ?',
      )
      .iterate(toCount(limits.start), most)
    let end = limits.start
    let gas = 0n
    for (const row of rows) {
      gas += BigInt(row.gas_limit)
      const fits =
        BigInt(row.l1_block_number) <= limits.maxBlock &&
        BigInt(row.l1_timestamp) <= limits.maxTimestamp &&
        gas <= limits.maxGas
      if (!fits) break
      end++
    }
    return end
  })
}
