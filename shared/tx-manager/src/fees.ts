import { FeeLimitError } from './errors.ts'
import type { FeeLimits, Fees } from './types.ts'

/** What the chain asks for now, wei per gas. */
export interface Market {
  /** Base fee expected of the next block. */
  readonly baseFeeWei: bigint
  /** Tip the node suggests. */
  readonly tipWei: bigint
}

const max = (a: bigint, b: bigint) => (a > b ? a : b)

/** Next block's base fee by EIP-1559, never below the current one. */
export function nextBaseFee(baseFeeWei: bigint, gasUsed: bigint, gasLimit: bigint): bigint {
  const target = gasLimit / 2n
  if (target === 0n || gasUsed <= target) return baseFeeWei
  return baseFeeWei + max((baseFeeWei * (gasUsed - target)) / target / 8n, 1n)
}

/** Fees for a first transaction: the suggested tip, and a cap that survives a doubling of the base fee. */
export function marketFees({ baseFeeWei, tipWei }: Market, { minTipWei }: Pick<FeeLimits, 'minTipWei'>): Fees {
  const tip = max(tipWei, minTipWei)
  return { tipWei: tip, feeCapWei: 2n * baseFeeWei + tip }
}

/** `value` raised by `percent` per cent, rounded up. */
const raise = (value: bigint, percent: bigint) => (value * (100n + percent) + 99n) / 100n

/**
 * Fees that replace `last`: both at least `percent` per cent higher, and never below the market (2 × base fee + tip).
 * Rounded up: nodes compare exactly.
 */
export function bumpFees(last: Fees, market: Market, percent: bigint, limits: Pick<FeeLimits, 'minTipWei'>): Fees {
  const tipWei = max(raise(last.tipWei, percent), marketFees(market, limits).tipWei)
  return { tipWei, feeCapWei: max(raise(last.feeCapWei, percent), 2n * market.baseFeeWei + tipWei) }
}

/**
 * Checks fees against the limits.
 * @throws FeeLimitError naming the limit, its value and the fees.
 */
export function checkFees(fees: Fees, market: Market, gasLimit: bigint, limits: FeeLimits): void {
  const suggested = marketFees(market, limits)
  const ceiling = max(limits.thresholdWei, limits.multiplier * suggested.feeCapWei)
  if (fees.feeCapWei > ceiling) throw new FeeLimitError('multiple of the market fee', fees, ceiling, { suggested })
  if (fees.feeCapWei > limits.maxFeeCapWei) throw new FeeLimitError('fee cap', fees, limits.maxFeeCapWei)
  const costWei = gasLimit * fees.feeCapWei
  if (costWei > limits.maxCostWei)
    throw new FeeLimitError('cost of one transaction', fees, limits.maxCostWei, { costWei })
}
