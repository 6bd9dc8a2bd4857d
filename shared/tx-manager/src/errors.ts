import type { IntentFailure } from '@crema/chain-store'
import { type Address, CremaError } from '@crema/protocol'
import type { Fees } from './types.ts'

/** Why an intent failed for good. */
export type TxFailureCode = 'tx.reverted' | 'tx.rejected' | 'tx.deadline-exceeded' | 'tx.cancelled' | 'tx.nonce-used'

/**
 * An intent failed for good; the same key gives the same error again. `tx.reverted` has in its details `phase`
 * (`estimate` or `execution`), `data` (revert data or null), `errorName`, `args` and `reason` when they could be decoded, and
 * after execution `hash`, `blockNumber` and `outOfGas`.
 */
export class TxFailedError extends CremaError {
  override readonly name = 'TxFailedError'
  declare readonly code: TxFailureCode

  /** The error as stored, for rows and for throwing it again. */
  static fromStored({ code, message, details }: IntentFailure): TxFailedError {
    return new TxFailedError(code, message, { details })
  }
}

/** A fee limit stops a transaction from being sent or bumped; the intent waits until the market falls or limits rise. */
export class FeeLimitError extends CremaError {
  override readonly name = 'FeeLimitError'
  constructor(limit: string, fees: Fees, limitWei: bigint, extra: Readonly<Record<string, unknown>> = {}) {
    super('tx.fee-limit', `fee limit reached: ${limit}`, {
      retryable: true,
      details: { limit, limitWei, ...fees, ...extra },
    })
  }
}

/** The account cannot pay; the intent waits for funds. */
export class OutOfFundsError extends CremaError {
  override readonly name = 'OutOfFundsError'
  constructor(address: Address, balanceWei: bigint | undefined, neededWei: bigint | undefined, cause?: unknown) {
    const details = { address, balanceWei, neededWei }
    super('tx.out-of-funds', `account ${address} cannot pay for the transaction`, { retryable: true, details, cause })
  }
}

/** The node refused or did not answer; the intent goes on. `details.class` is the kind of refusal. */
export class PublishError extends CremaError {
  override readonly name = 'PublishError'
  constructor(kind: string, cause: unknown) {
    super('tx.publish', `publishing failed: ${kind}`, { retryable: true, details: { class: kind }, cause })
  }
}

/** Misuse of the manager: `tx.key-conflict`, `tx.bad-intent`, `tx.sender-busy`, `tx.nonce-used`, `tx.signer`. */
export class TxUsageError extends CremaError {
  override readonly name = 'TxUsageError'
}

/** The wait for an intent ended because the manager closed; the intent itself goes on at the next start. */
export class TxManagerClosedError extends CremaError {
  override readonly name = 'TxManagerClosedError'
  constructor(key: string) {
    super('tx.manager-closed', 'the transaction manager was closed', { retryable: true, details: { key } })
  }
}
