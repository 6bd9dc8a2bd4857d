import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { suggestBaseFee, suggestGasPrice } from '../../gas/fee-suggestion.ts'

/** `eth_gasPrice()`: next base fee and tip, in wei. */
export const gasPrice: Method = (context) => toQuantity(suggestGasPrice(context))

/** `eth_maxPriorityFeePerGas()` in wei. */
export const maxPriorityFeePerGas: Method = (context) => toQuantity(context.suggestedTip)

/** `eth_baseFee()`: base fee of the next block in wei. */
export const baseFee: Method = (context) => toQuantity(suggestBaseFee(context))

/** `eth_blobBaseFee()`: there are no blobs on L2, so the least price. */
export const blobBaseFee: Method = () => '0x1'
