import type { IntentState } from '@crema/chain-store'
import type { Address, Hash } from '@crema/protocol'
import { type Context, latestAttempt } from './engine/context.ts'
import type { FeeLimits } from './types.ts'

/** What an operator wants to know. */
export interface TxManagerStatus {
  readonly address: Address
  /** As the node says; null while it does not answer. */
  readonly account: { readonly latestNonce: number; readonly pendingNonce: number; readonly balanceWei: bigint } | null
  readonly pending: readonly {
    readonly key: string
    readonly state: IntentState
    readonly nonce: number | null
    readonly hash: Hash | null
    readonly tipWei: bigint | null
    readonly feeCapWei: bigint | null
    readonly attempts: number
    readonly ageMs: number
    /** The fee limit or the lack of funds that keeps it from being signed or bumped; null if neither does. */
    readonly heldBack: string | null
  }[]
  /** Since the start. */
  readonly bumps: number
  /** Of all settled intents in the store. */
  readonly feesSpentWei: bigint
  readonly limits: FeeLimits
}

async function readAccount({ chain, signer, metrics, log }: Context): Promise<TxManagerStatus['account']> {
  try {
    const [latestNonce, pendingNonce, balanceWei] = await Promise.all([
      chain.nonce(signer.address, 'latest'),
      chain.nonce(signer.address, 'pending'),
      chain.balance(signer.address),
    ])
    metrics.balance(balanceWei)
    return { latestNonce, pendingNonce, balanceWei }
  } catch (err) {
    log.debug({ err }, 'cannot read the account')
    return null
  }
}

/** Lists what is open and reads the account. Never throws: an operator asks most when a node is away. */
export async function readStatus(context: Context): Promise<TxManagerStatus> {
  const { signer, clock, config } = context
  const account = await readAccount(context)
  const nowMs = clock.nowMs()
  const { thresholdWei, multiplier, maxFeeCapWei, maxCostWei, minTipWei } = config
  return {
    address: signer.address,
    account,
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
        heldBack: tracked.heldBack,
      }
    }),
    bumps: context.bumps,
    feesSpentWei: context.feesSpentWei,
    limits: { thresholdWei, multiplier, maxFeeCapWei, maxCostWei, minTipWei },
  }
}
