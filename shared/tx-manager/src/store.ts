import type { AttemptRow, IntentChange, IntentReceipt, IntentRecord, IntentRow } from '@crema/chain-store'
import type { Address } from '@crema/protocol'

/**
 * Where intents live. Synchronous, and durable when a call returns: a transaction is written here before it is published.
 * `openIntentStore` of `@crema/chain-store` is the implementation.
 */
export interface IntentStore {
  get(key: string): IntentRecord | undefined
  /** Neither confirmed nor failed, in order of arrival. */
  open(chainId: number, sender: Address): readonly IntentRecord[]
  /** Confirmed by a transaction under `nonce` or a higher one, by nonce. */
  confirmedFrom(chainId: number, sender: Address, nonce: number): readonly IntentRecord[]
  /** Adds unless the key exists; returns what is stored. */
  insert(row: IntentRow): IntentRecord
  update(key: string, change: IntentChange): void
  /** Both or neither. */
  addAttempt(attempt: AttemptRow, change: IntentChange): void
  /** Receipts of settled intents. */
  receipts(chainId: number, sender: Address): readonly IntentReceipt[]
  /** Drops call data and signed bytes of intents settled before a time, Unix milliseconds; returns how many lost call data. */
  prune(settledBeforeMs: number): number
}
