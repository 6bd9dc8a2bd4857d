import { nextBaseFee } from '@crema/execution'
import type { L2ChainConfig } from '@crema/protocol'
import type { ChainView } from '../state/resolve-block.ts'
import { latestHeader } from '../state/resolve-block.ts'

/** What prices are suggested from. */
export interface FeeView extends ChainView {
  readonly l2: L2ChainConfig
  /** Tip in wei that `eth_maxPriorityFeePerGas` names. Order is by arrival, so a higher one buys nothing. */
  readonly suggestedTip: bigint
}

/** Base fee of the next block in wei. */
export function suggestBaseFee(view: FeeView): bigint {
  return nextBaseFee(latestHeader(view), view.l2)
}

/**
 * Price in wei at which a transaction enters the next block, and at which it can be estimated: a simulation stands on the newest
 * block, whose base fee is the higher one while fees fall.
 */
export function suggestGasPrice(view: FeeView): bigint {
  const next = suggestBaseFee(view)
  const newest = latestHeader(view).baseFeePerGas ?? 0n
  return (newest > next ? newest : next) + view.suggestedTip
}

/** Fee cap in wei that also outlasts several full blocks: tip plus twice the base fee, as geth's defaults. */
export function suggestFeeCap(view: FeeView, tip: bigint): bigint {
  return tip + 2n * suggestBaseFee(view)
}
