import type { Method } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { quantities } from '../../format/quantity.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { optional } from '../../params/primitives.ts'
import { findHeader } from '../../state/resolve-block.ts'

/** `rollup_batchForBlock(block)`: where the block's data was posted and how many L1 blocks lie on it; null while it is not on L1. */
export const batchForBlock: Method = (context, params) => {
  const header = findHeader(context, optional(params, 0, blockId, latest))
  if (context.node.batchForBlock === undefined) throw rpcError('unavailable', 'rollup_batchForBlock')
  if (header === undefined) throw rpcError('notFound', 'block')
  const batch = context.node.batchForBlock(header.number)
  if (batch === undefined) return null
  const l1Head = context.node.status().l1.head?.number ?? batch.l1BlockNumber
  return quantities({ ...batch, l1Confirmations: l1Head - batch.l1BlockNumber + 1n })
}
