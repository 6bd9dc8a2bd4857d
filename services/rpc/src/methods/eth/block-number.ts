import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'

/** `eth_blockNumber()`: number of the newest sequenced block. */
export const blockNumber: Method = (context) => toQuantity(context.chain.heads().latest.number)
