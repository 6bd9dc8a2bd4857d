import type { Address, Hash, Hex } from '@crema/protocol'
import type { Abi } from 'viem'

/** A transaction that shall be on the chain exactly once. */
export interface Intent {
  /** Idempotency key: the same key never leads to two transactions, whatever crashes in between. */
  readonly key: string
  readonly to: Address
  readonly data?: Hex
  /** Wei; default 0. */
  readonly valueWei?: bigint
  /** Gas limit. Given: used as it is and nothing is estimated, so a revert shows only once mined. */
  readonly gasLimit?: bigint
  /** Unix milliseconds. After it an unsigned intent is given up and a signed one is replaced by an empty transaction. */
  readonly deadlineMs?: number
  /** Whether the aim is reached already, by whomever. Asked before signing and when a call reverts; not kept over restarts. */
  readonly isDone?: () => Promise<boolean>
  /** Custom errors to decode reverts with. */
  readonly abi?: Abi
}

/** A final transaction, and what it cost: gas times wei per gas. */
export interface MinedTransaction {
  readonly hash: Hash
  readonly blockNumber: bigint
  readonly blockHash: Hash
  readonly gasUsed: bigint
  /** Wei per gas. */
  readonly effectiveGasPriceWei: bigint
}

/** What became of an intent that succeeded. */
export type Receipt =
  | ({ readonly kind: 'transaction' } & MinedTransaction)
  /** The aim was reached without a successful transaction of ours. One that came too late and reverted is paid for all the same. */
  | { readonly kind: 'already-done'; readonly reverted: MinedTransaction | null }

/** Fees of an EIP-1559 transaction, wei per gas. */
export interface Fees {
  readonly tipWei: bigint
  readonly feeCapWei: bigint
}

/** An unsigned EIP-1559 transaction. */
export interface UnsignedTransaction extends Fees {
  readonly chainId: number
  readonly nonce: number
  readonly to: Address
  readonly data: Hex
  readonly valueWei: bigint
  readonly gasLimit: bigint
}

/** Holder of one key. */
export interface Signer {
  readonly address: Address
  /** Signs and returns the serialized transaction (type 2 envelope). */
  sign(transaction: UnsignedTransaction): Promise<Hex>
}

/** Bounds on fees. They can be changed while running. */
export interface FeeLimits {
  /** A fee cap up to this may grow freely, wei per gas. */
  readonly thresholdWei: bigint
  /** Above the threshold fees may be at most so many times the market's. */
  readonly multiplier: bigint
  /** No fee cap above this, wei per gas. */
  readonly maxFeeCapWei: bigint
  /** No transaction whose gas limit times fee cap exceeds this, wei. Keep it below the node's own cap (geth: 1 ether). */
  readonly maxCostWei: bigint
  /** Never offer a smaller tip, wei per gas. */
  readonly minTipWei: bigint
}

/** Settings of a transaction manager. */
export interface TxManagerConfig extends FeeLimits {
  readonly chainId: number
  /** Blocks that must hold or follow the transaction, itself included, before it counts as final. */
  readonly confirmations: number
  /** Time without inclusion after which fees are bumped, milliseconds. */
  readonly resubmitMs: number
  /** Time between looks at the chain, milliseconds. */
  readonly pollMs: number
  /** Time before something that failed is tried again, milliseconds. */
  readonly retryMs: number
  /** Increase of tip and fee cap at each bump, per cent; nodes refuse less than 10. */
  readonly bumpPercent: bigint
  /** Per cent of the estimate used as gas limit. */
  readonly gasPercent: bigint
  /** Transactions signed and not yet mined at any time. */
  readonly maxInFlight: number
  /** Looks that must find a nonce finally used by a stranger before the intent gets a fresh one. */
  readonly lostSightings: number
  /** Transactions of the key pending at the start that are not ours: wait for them, or replace them by empty ones. */
  readonly strangers: 'wait' | 'replace'
  /** Time for which call data and signed bytes of settled intents are kept, milliseconds; longer than any reorganisation, which publishes them again. */
  readonly keepSettledMs: number
}

/** Everything but the chain has a default. */
export const defaultTxConfig: Omit<TxManagerConfig, 'chainId'> = {
  confirmations: 10,
  resubmitMs: 48_000,
  pollMs: 4_000,
  retryMs: 4_000,
  bumpPercent: 10n,
  gasPercent: 120n,
  maxInFlight: 16,
  lostSightings: 3,
  strangers: 'wait',
  keepSettledMs: 7 * 24 * 3_600_000,
  thresholdWei: 100_000_000_000n,
  multiplier: 5n,
  maxFeeCapWei: 1_000_000_000_000n,
  maxCostWei: 1_000_000_000_000_000_000n,
  minTipWei: 1_000_000_000n,
}
