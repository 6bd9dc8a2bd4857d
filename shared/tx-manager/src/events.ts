import type { Hash } from '@crema/protocol'
import type { RefusalClass } from './classify.ts'
import type { FeeLimitError, OutOfFundsError, PublishError, TxFailedError } from './errors.ts'
import type { Fees, Receipt } from './types.ts'

/** What the manager tells about its work. Alerts (`alert: true`) need a person if they last. */
export type TxEvent =
  | {
      readonly type: 'signed'
      readonly key: string
      readonly nonce: number
      readonly hash: Hash
      readonly fees: Fees
      readonly bump: boolean
    }
  | { readonly type: 'published'; readonly key: string; readonly nonce: number; readonly hash: Hash }
  | { readonly type: 'mined'; readonly key: string; readonly hash: Hash; readonly blockNumber: bigint }
  | { readonly type: 'reorged'; readonly key: string }
  | { readonly type: 'nonce-lost'; readonly key: string; readonly nonce: number }
  | { readonly type: 'confirmed'; readonly key: string; readonly receipt: Receipt }
  | { readonly type: 'failed'; readonly key: string; readonly error: TxFailedError }
  | { readonly type: 'refused'; readonly key: string; readonly class: RefusalClass; readonly error: PublishError }
  /** A step could not be taken, e.g. the node is away or the signer refuses; it is tried again. */
  | { readonly type: 'step-failed'; readonly key: string; readonly error: unknown }
  | { readonly type: 'fee-limit'; readonly key: string; readonly error: FeeLimitError; readonly alert: true }
  | { readonly type: 'out-of-funds'; readonly key: string; readonly error: OutOfFundsError; readonly alert: true }
  | { readonly type: 'strangers'; readonly nonces: readonly number[]; readonly alert: true }

/** Figures for a metrics system; every function is called with plain numbers. */
export interface TxMetrics {
  /** The account's nonce at the latest block. */
  nonce(value: number): void
  /** Intents not yet settled. */
  pending(count: number): void
  bump(): void
  /** Fee of a settled transaction, wei. */
  feeSpent(wei: bigint): void
  refused(kind: RefusalClass): void
  /** From `send` to confirmation, seconds. */
  latency(seconds: number): void
  /** Balance of the account, wei. */
  balance(wei: bigint): void
}
