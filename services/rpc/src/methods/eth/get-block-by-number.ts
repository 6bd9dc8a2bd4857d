import type { Method } from '../../context.ts'
import { formatBlock } from '../../format/block.ts'
import { formatPendingBlock } from '../../mempool/pending-block.ts'
import { blockNumber } from '../../params/block-id.ts'
import { boolean, optional, required } from '../../params/primitives.ts'
import { tagNumber } from '../../state/resolve-block.ts'

/** `eth_getBlockByNumber(number or tag, full)`: null for a block that is not there; `pending` is a preview. */
export const getBlockByNumber: Method = (context, params) => {
  const id = required(params, 0, blockNumber)
  const full = optional(params, 1, boolean, false)
  if (id.kind === 'tag' && id.tag === 'pending') return formatPendingBlock(context, full)
  const block = context.chain.blockByNumber(id.kind === 'tag' ? tagNumber(context, id.tag) : id.number)
  return block === undefined ? null : formatBlock(block, full)
}
