import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { hash, required } from '../../params/primitives.ts'

/** `rollup_getSkippedTransaction(hash)`: where and why an ordered transaction was skipped, or null. */
export const getSkippedTransaction: Method = (context, params) => {
  const skip = context.chain.skippedByHash(required(params, 0, hash))
  if (skip === undefined) return null
  return {
    hash: skip.hash,
    blockNumber: toQuantity(skip.blockNumber),
    blockHash: skip.blockHash,
    entryIndex: toQuantity(skip.entryIndex),
    reason: skip.reason,
    detail: skip.detail,
  }
}
