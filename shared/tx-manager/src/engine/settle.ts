import type { IntentReceipt } from '@crema/chain-store'
import { revertData } from '../classify.ts'
import { TxFailedError } from '../errors.ts'
import { receiptOf } from '../outcome.ts'
import { revertedError } from '../revert.ts'
import { type Context, save, type Tracked } from './context.ts'

function leave(context: Context, tracked: Tracked): void {
  context.tracked.delete(tracked.record.key)
  context.metrics.pending(context.tracked.size)
  const { receipt } = tracked.record
  if (!receipt) return
  const feeWei = receipt.gasUsed * receipt.effectiveGasPriceWei
  context.feesSpentWei += feeWei
  context.metrics.feeSpent(feeWei)
}

/** Ends an intent well. */
export function confirm(context: Context, tracked: Tracked): void {
  save(context, tracked, 'confirm')
  leave(context, tracked)
  const { key, createdAtMs, updatedAtMs } = tracked.record
  const receipt = receiptOf(tracked.record)
  context.metrics.latency((updatedAtMs - createdAtMs) / 1000)
  context.log.info({ key, receipt }, 'transaction confirmed')
  context.emit({ type: 'confirmed', key, receipt })
  tracked.outcome.resolve(receipt)
}

/** Ends an intent for good without success. */
export function fail(context: Context, tracked: Tracked, error: TxFailedError): void {
  const { code, message, details } = error
  save(context, tracked, 'fail', { error: { code, message, details } })
  leave(context, tracked)
  const { key } = tracked.record
  context.log.error({ key, err: error }, 'transaction failed for good')
  context.emit({ type: 'failed', key, error })
  tracked.outcome.reject(error)
}

/** The error of an intent given up before or instead of being mined. */
export function abandonedError(tracked: Tracked, nowMs: number): TxFailedError {
  const { deadlineMs, nonce } = tracked.record
  if (deadlineMs !== null && nowMs > deadlineMs) {
    return new TxFailedError('tx.deadline-exceeded', 'the deadline passed before the transaction was mined', {
      details: { deadlineMs },
    })
  }
  return new TxFailedError('tx.cancelled', 'the transaction was cancelled', { details: { nonce } })
}

/** Whether the caller says the aim is reached; errors of the question count as no. */
export async function askDone(context: Context, tracked: Tracked): Promise<boolean> {
  try {
    return (await tracked.isDone?.()) ?? false
  } catch (err) {
    context.log.warn({ key: tracked.record.key, err }, 'isDone failed')
    return false
  }
}

/** Settles a mined intent that is deep enough, after a last check that its block is canonical. */
export async function settle(context: Context, tracked: Tracked, receipt: IntentReceipt): Promise<void> {
  const { chain, clock } = context
  if ((await chain.blockHash(receipt.blockNumber)) !== receipt.blockHash) return
  const { record } = tracked
  const attempt = record.attempts.find(({ hash }) => hash === receipt.hash)
  if (attempt?.purpose === 'cancel') return fail(context, tracked, abandonedError(tracked, clock.nowMs()))
  if (receipt.succeeded || (await askDone(context, tracked))) return confirm(context, tracked)
  // Why it reverted, as near as can be told: the same call on top of the block before.
  const call = { from: record.sender, to: record.to, data: record.data, valueWei: record.valueWei }
  const cause = await chain.callError(call, attempt?.gasLimit ?? receipt.gasUsed, receipt.blockNumber - 1n)
  const { hash, blockNumber, gasUsed } = receipt
  const outOfGas = gasUsed === attempt?.gasLimit
  fail(context, tracked, revertedError('execution', revertData(cause), tracked.abi, { hash, blockNumber, outOfGas }))
}
