import type { IntentRecord } from '@crema/chain-store'
import { TxFailedError } from './errors.ts'
import type { Receipt } from './types.ts'

/** The receipt of a confirmed intent. */
export function receiptOf({ receipt }: IntentRecord): Receipt {
  if (!receipt) return { kind: 'already-done', reverted: null }
  const { succeeded, ...mined } = receipt
  return succeeded ? { kind: 'transaction', ...mined } : { kind: 'already-done', reverted: mined }
}

/**
 * Outcome of a settled intent, the same at every call.
 * @throws TxFailedError if it failed.
 */
export function outcomeOf(record: IntentRecord): Receipt {
  if (record.error) throw TxFailedError.fromStored(record.error)
  return receiptOf(record)
}
