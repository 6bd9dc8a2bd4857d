import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { blockNumber } from '../../params/block-id.ts'
import { hash, required } from '../../params/primitives.ts'
import { findBlock } from '../../state/find-block.ts'

/** `eth_getBlockTransactionCountByNumber(number or tag)`; `pending` counts the mempool. */
export const getBlockTransactionCountByNumber: Method = (context, params) => {
  const id = required(params, 0, blockNumber)
  if (id.kind === 'tag' && id.tag === 'pending') return toQuantity(context.pool.size)
  const block = findBlock(context, id)
  return block === undefined ? null : toQuantity(block.transactions.length)
}

/** `eth_getBlockTransactionCountByHash(hash)` */
export const getBlockTransactionCountByHash: Method = (context, params) => {
  const block = context.chain.blockByHash(required(params, 0, hash))
  return block === undefined ? null : toQuantity(block.transactions.length)
}
