import type { Method } from '../../context.ts'
import { formatBlockReceipts } from '../../format/receipt.ts'
import { blockId } from '../../params/block-id.ts'
import { required } from '../../params/primitives.ts'
import { findBlock } from '../../state/find-block.ts'

/** `eth_getBlockReceipts(block)` */
export const getBlockReceipts: Method = (context, params) => {
  const block = findBlock(context, required(params, 0, blockId))
  return block === undefined ? null : formatBlockReceipts(block)
}
