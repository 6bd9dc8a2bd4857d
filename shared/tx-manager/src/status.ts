import type { IntentState } from '@crema/chain-store'
import type { Address, Hash } from '@crema/protocol'
import { type Context, latestAttempt } from './engine/context.ts'
import type { FeeLimits } from './types.ts'

/** What an operator wants to know. */
export interface TxManagerStatus {
  readonly address: Address
  readonly nonce: { readonly latest: number; readonly pending: number }
  readonly balanceWei: bigint
  readonly pending: readonly {
    readonly key: string
    readonly state: IntentState
    readonly nonce: number | null
    readonly hash: Hash | null
    readonly tipWei: bigint | null
    readonly feeCapWei: bigint | null
    readonly attempts: number
    readonly ageMs: number
  }[]
  /** Since the start. */
  readonly bumps: number
  /** Of all settled intents in the store. */
  readonly feesSpentWei: bigint
  readonly limits: FeeLimits
}

/**
 * Reads the account and lists what is open.
 * @throws the node's error when it does not answer.
 */
export async function readStatus(context: Context): Promise<TxManagerStatus> {
  const { chain, signer, clock, config } = context
  const [latest, pending, balanceWei] = await Promise.all([
    chain.nonce(signer.address, 'latest'),
    chain.nonce(signer.address, 'pending'),
    chain.balance(signer.address),
  ])
  context.metrics.balance(balanceWei)
  const nowMs = clock.nowMs()
  const { thresholdWei, multiplier, maxFeeCapWei, maxCostWei, minTipWei } = config
  return {
    address: signer.address,
    nonce: { latest, pending },
    balanceWei,
    pending: [...context.tracked.values()].map((tracked) => {
      const { key, state, nonce, attempts, createdAtMs } = tracked.record
      const last = latestAttempt(tracked)
      return {
        key,
        state,
        nonce,
        hash: last?.hash ?? null,
        tipWei: last?.tipWei ?? null,
        feeCapWei: last?.feeCapWei ?? null,
        attempts: attempts.length,
        ageMs: nowMs - createdAtMs,
      }
    }),
    bumps: context.bumps,
    feesSpentWei: context.feesSpentWei,
    limits: { thresholdWei, multiplier, maxFeeCapWei, maxCostWei, minTipWei },
  }
}
