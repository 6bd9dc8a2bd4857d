import type { Method } from '../../context.ts'
import { formatBlock } from '../../format/block.ts'
import { boolean, hash, optional, required } from '../../params/primitives.ts'

/** `eth_getBlockByHash(hash, full)` */
export const getBlockByHash: Method = (context, params) => {
  const block = context.chain.blockByHash(required(params, 0, hash))
  const full = optional(params, 1, boolean, false)
  return block === undefined ? null : formatBlock(block, full)
}
