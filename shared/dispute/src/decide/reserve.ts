import { DUEL_GAS } from '@crema/l1'
import { defaultTxConfig, marketFees } from '@crema/tx-manager'

/** Gas limits of a whole duel: the transaction manager signs with a margin over the estimate, and a balance must hold the limit. */
const RESERVE_GAS = (DUEL_GAS * defaultTxConfig.gasPercent) / 100n

/** What an operator says about the ether that moves are paid from. */
export interface ReserveRules {
  /** Wei to keep at least. */
  readonly minBalanceWei: bigint
  /** The sender's limit, wei per gas. */
  readonly maxFeeCapWei: bigint
}

/** Wei per gas that a transaction must be able to offer now: as the transaction manager asks for with the least tip, up to its limit. */
export function offeredGasPriceWei(baseFeeWei: bigint, { maxFeeCapWei }: Pick<ReserveRules, 'maxFeeCapWei'>): bigint {
  const { feeCapWei } = marketFees({ baseFeeWei, tipWei: 0n }, defaultTxConfig)
  return feeCapWei < maxFeeCapWei ? feeCapWei : maxFeeCapWei
}

/**
 * Wei that an account must hold beside its stakes: the moves and the dearest proof of so many duels at once, one at least, and never less than its operator wants.
 * Who stakes without it may lose the stake to a duel that it cannot pay.
 */
export function reserveWei(rules: ReserveRules, baseFeeWei: bigint, duels: number): bigint {
  const needed = BigInt(Math.max(1, duels)) * RESERVE_GAS * offeredGasPriceWei(baseFeeWei, rules)
  return needed > rules.minBalanceWei ? needed : rules.minBalanceWei
}
