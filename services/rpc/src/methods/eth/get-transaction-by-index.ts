import type { Method } from '../../context.ts'
import { formatBlockTransaction } from '../../format/block.ts'
import { blockNumber } from '../../params/block-id.ts'
import { count, hash, required } from '../../params/primitives.ts'
import { findBlock } from '../../state/find-block.ts'

/** `eth_getTransactionByBlockNumberAndIndex(number or tag, index)` */
export const getTransactionByBlockNumberAndIndex: Method = (context, params) => {
  const id = required(params, 0, blockNumber)
  const index = required(params, 1, count)
  const block = findBlock(context, id)
  return block === undefined ? null : formatBlockTransaction(block, index)
}

/** `eth_getTransactionByBlockHashAndIndex(hash, index)` */
export const getTransactionByBlockHashAndIndex: Method = (context, params) => {
  const wanted = required(params, 0, hash)
  const index = required(params, 1, count)
  const block = context.chain.blockByHash(wanted)
  return block === undefined ? null : formatBlockTransaction(block, index)
}
