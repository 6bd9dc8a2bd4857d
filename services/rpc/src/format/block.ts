import type { L2Block } from '@crema/protocol'
import { blockSize } from './block-size.ts'
import { formatHeader } from './header.ts'
import { toQuantity } from './quantity.ts'
import { formatTransaction } from './transaction.ts'

/** A block as JSON with its transactions' hashes, or with `full` transactions. */
export function formatBlock(block: L2Block, full: boolean) {
  const { header, hash } = block
  return {
    ...formatHeader({ ...header, hash }),
    size: toQuantity(blockSize(header, block.transactions)),
    transactions: full
      ? block.transactions.map((_, index) => formatBlockTransaction(block, index))
      : block.transactions.map((transaction) => transaction.hash),
    uncles: [],
    ...(header.withdrawalsRoot === undefined ? {} : { withdrawals: [] }),
  }
}

/** The transaction at `index` of a block as JSON, or null. */
export function formatBlockTransaction(block: L2Block, index: number) {
  const transaction = block.transactions[index]
  if (transaction === undefined) return null
  return formatTransaction(transaction, {
    blockHash: block.hash,
    blockNumber: block.header.number,
    blockTimestamp: block.header.timestamp,
    index,
    baseFee: block.header.baseFeePerGas,
  })
}

/** JSON of a block. */
export type RpcBlock = ReturnType<typeof formatBlock>
