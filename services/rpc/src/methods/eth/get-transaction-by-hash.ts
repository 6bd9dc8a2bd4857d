import type { Method } from '../../context.ts'
import { formatTransaction } from '../../format/transaction.ts'
import { hash, required } from '../../params/primitives.ts'
import { findTransaction } from '../../state/find-transaction.ts'

/** `eth_getTransactionByHash(hash)`: also deposits by the hash OP Stack tools know, and transactions that wait with us. */
export const getTransactionByHash: Method = (context, params) => {
  const wanted = required(params, 0, hash)
  const located = findTransaction(context.chain, wanted)
  if (located === undefined) {
    const waiting = context.pool.get(wanted)
    return waiting === undefined ? null : formatTransaction(waiting)
  }
  const header = context.chain.headerByHash(located.blockHash)
  if (header === undefined) return null
  return formatTransaction(located.transaction, {
    blockHash: located.blockHash,
    blockNumber: located.blockNumber,
    blockTimestamp: header.timestamp,
    index: located.index,
    baseFee: header.baseFeePerGas,
  })
}
