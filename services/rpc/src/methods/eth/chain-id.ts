import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'

/** `eth_chainId()` */
export const chainId: Method = (context) => toQuantity(context.l2.chainId)
