import { ChainStoreError } from './errors.ts'

/** Row ids hold block number and position, so that order, range and place of a row need no further column or index. */
const transactionsPerBlock = 2 ** 15
const logsPerBlock = 2 ** 20

function rowId(block: number, index: number, stride: number): number {
  const id = block * stride + index
  if (index >= stride || !Number.isSafeInteger(id))
    throw new ChainStoreError('VALUE_RANGE', 'too many rows in one block, or block number too high', {
      details: { block, index, stride },
    })
  return id
}

/** Row id of a transaction, or of a skipped entry by its position among the skipped. */
export function transactionId(block: number, index: number): number {
  return rowId(block, index, transactionsPerBlock)
}

/** Block number and index of a transaction's row. */
export function transactionPlace(id: number): { readonly block: number; readonly index: number } {
  return { block: Math.floor(id / transactionsPerBlock), index: id % transactionsPerBlock }
}

/** Row id of a log by its position in the block. */
export function logId(block: number, index: number): number {
  return rowId(block, index, logsPerBlock)
}

/** Block number and position of a log's row. */
export function logPlace(id: number): { readonly block: number; readonly index: number } {
  return { block: Math.floor(id / logsPerBlock), index: id % logsPerBlock }
}
