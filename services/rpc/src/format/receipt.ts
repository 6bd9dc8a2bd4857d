import type { BlockHeader, BlockTransaction, Hash, L2Block, LocatedLog, LocatedReceipt, Receipt } from '@crema/protocol'
import { formatLog } from './log.ts'
import { toQuantity } from './quantity.ts'

/** A receipt as JSON. There is no L1 data fee, so op-geth's `l1*` fields are absent. */
export function formatReceipt(located: LocatedReceipt, blockTimestamp: bigint) {
  const { transaction, receipt } = located
  return {
    blockHash: located.blockHash,
    blockNumber: toQuantity(located.blockNumber),
    contractAddress: receipt.contractAddress ?? null,
    cumulativeGasUsed: toQuantity(receipt.cumulativeGasUsed),
    effectiveGasPrice: toQuantity(receipt.effectiveGasPrice),
    from: transaction.from,
    gasUsed: toQuantity(receipt.gasUsed),
    logs: receiptLogs(located, blockTimestamp).map((log) => formatLog(log)),
    logsBloom: receipt.logsBloom,
    status: toQuantity(receipt.status),
    to: transaction.decoded.to ?? null,
    transactionHash: transaction.hash,
    transactionIndex: toQuantity(located.index),
    type: toQuantity(receipt.type),
  }
}

/** All receipts of a block as JSON. */
export function formatBlockReceipts(block: L2Block) {
  return locatedReceipts(block).map((located) => formatReceipt(located, block.header.timestamp))
}

/** Logs of a block with their places, in order. */
export function blockLogs(block: L2Block): LocatedLog[] {
  return locatedReceipts(block).flatMap((located) => receiptLogs(located, block.header.timestamp))
}

function locatedReceipts(block: L2Block): LocatedReceipt[] {
  let firstLogIndex = 0
  return block.receipts.map((receipt, index) => {
    const located = locate(block.hash, block.header, block.transactions[index]!, receipt, index, firstLogIndex)
    firstLogIndex += receipt.logs.length
    return located
  })
}

function locate(
  blockHash: Hash,
  header: BlockHeader,
  transaction: BlockTransaction,
  receipt: Receipt,
  index: number,
  firstLogIndex: number,
): LocatedReceipt {
  return { blockHash, blockNumber: header.number, index, transaction, receipt, firstLogIndex }
}

function receiptLogs(located: LocatedReceipt, blockTimestamp: bigint): LocatedLog[] {
  return located.receipt.logs.map((log, i) => ({
    address: log.address,
    topics: log.topics,
    data: log.data,
    blockNumber: located.blockNumber,
    blockHash: located.blockHash,
    blockTimestamp,
    transactionHash: located.transaction.hash,
    transactionIndex: located.index,
    logIndex: located.firstLogIndex + i,
  }))
}
