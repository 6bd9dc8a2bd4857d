import type { Address, Hash, Hex } from '@crema/protocol'

/** Where an intent stands; the transitions are `@crema/tx-manager`'s. */
export type IntentState = 'queued' | 'signed' | 'sent' | 'mined' | 'confirmed' | 'failed'

/** An error as kept: enough to throw the same one again after a restart. */
export interface IntentFailure {
  readonly code: string
  readonly message: string
  /** JSON-able; bigints as decimal strings. */
  readonly details: Readonly<Record<string, unknown>>
}

/** What is kept of a receipt. */
export interface IntentReceipt {
  readonly hash: Hash
  readonly blockNumber: bigint
  readonly blockHash: Hash
  readonly succeeded: boolean
  readonly gasUsed: bigint
  /** Wei per gas. */
  readonly effectiveGasPriceWei: bigint
}

/** A transaction somebody wants on the chain, exactly once. */
export interface IntentRow {
  /** Idempotency key, unique in the store. */
  readonly key: string
  readonly chainId: number
  readonly sender: Address
  readonly to: Address
  readonly data: Hex
  readonly valueWei: bigint
  /** keccak-256 of what is asked for, kept after `data` was pruned, so that a key cannot change its meaning. */
  readonly callHash: Hash
  /** Gas limit the caller fixed; null: estimated. */
  readonly gasLimit: bigint | null
  /** Unix milliseconds after which the intent is given up, or null. */
  readonly deadlineMs: number | null
  readonly state: IntentState
  readonly nonce: number | null
  /** Whether the nonce is to be used up by an empty transaction instead. */
  readonly cancelRequested: boolean
  readonly receipt: IntentReceipt | null
  readonly error: IntentFailure | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** One signed transaction of an intent. Written before it is published. */
export interface AttemptRow {
  readonly hash: Hash
  readonly key: string
  readonly nonce: number
  /** `cancel` is the empty transfer to oneself that uses up the nonce. */
  readonly purpose: 'call' | 'cancel'
  /** The signed transaction as published; `0x` once pruned. */
  readonly raw: Hex
  readonly gasLimit: bigint
  /** maxPriorityFeePerGas, wei. */
  readonly tipWei: bigint
  /** maxFeePerGas, wei. */
  readonly feeCapWei: bigint
  readonly createdAtMs: number
}

/** An intent with everything ever signed for it, oldest first. */
export interface IntentRecord extends IntentRow {
  readonly attempts: readonly AttemptRow[]
}

/** The columns a step may change. */
export type IntentChange = Partial<
  Pick<IntentRow, 'state' | 'nonce' | 'cancelRequested' | 'receipt' | 'error' | 'deadlineMs'>
> & { readonly updatedAtMs: number }
