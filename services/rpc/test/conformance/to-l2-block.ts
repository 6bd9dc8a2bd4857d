import {
  type BlockTransaction,
  bytesToHex,
  type DecodedTransaction,
  decodeHeader,
  decodeTransaction,
  type Hex,
  keccak256Hex,
  type L2Block,
  type Receipt,
} from '@crema/protocol'
import type { TypedTransaction } from '@ethereumjs/tx'
import type { TxReceipt } from '@ethereumjs/vm'
import type { ReplayedBlock } from './ethereum-replay.ts'

/** A replayed Ethereum block in this project's form. */
export function toL2Block({ headerRlp, transactions, outcome }: ReplayedBlock): L2Block {
  const header = decodeHeader(headerRlp)
  const own = transactions.map(toTransaction)
  const receipts = outcome.receipts.map((receipt, i): Receipt => {
    const result = outcome.results[i]!
    const price = effectivePrice(own[i]!.decoded, header.baseFeePerGas ?? 0n)
    return toReceipt(receipt, transactions[i]!.type, result.totalGasSpent, price, result.createdAddress?.toString())
  })
  return { hash: keccak256Hex(headerRlp), header, transactions: own, receipts, skipped: [] }
}

function toTransaction(transaction: TypedTransaction): BlockTransaction {
  const raw = transaction.serialize()
  const from = transaction.getSenderAddress().toString()
  return { hash: bytesToHex(transaction.hash()), raw, from, decoded: decode(transaction, raw) }
}

/** Blob transactions are no part of L2; their hashes and receipts are, in this chain, so they keep their common fields. */
function decode(transaction: TypedTransaction, raw: Uint8Array): DecodedTransaction {
  if (transaction.type !== 3) return decodeTransaction(raw)
  const { nonce, gasLimit, to, value, data } = transaction
  const { maxFeePerGas, maxPriorityFeePerGas } = transaction as unknown as Record<
    'maxFeePerGas' | 'maxPriorityFeePerGas',
    bigint
  >
  const fields = { nonce, gasLimit, to: to?.toString(), value, data, maxFeePerGas, maxPriorityFeePerGas }
  return { type: 3, chainId: 0n, accessList: [], yParity: 0, r: 0n, s: 0n, ...fields } as unknown as DecodedTransaction
}

function effectivePrice(decoded: DecodedTransaction, baseFee: bigint): bigint {
  if (decoded.type === 0x7e) return 0n
  if ('gasPrice' in decoded) return decoded.gasPrice
  const price = baseFee + decoded.maxPriorityFeePerGas
  return price < decoded.maxFeePerGas ? price : decoded.maxFeePerGas
}

function toReceipt(
  receipt: TxReceipt,
  type: number,
  gasUsed: bigint,
  price: bigint,
  created: Hex | undefined,
): Receipt {
  return {
    type,
    // Before Byzantium a receipt has a state root instead; those fixtures are excluded.
    status: 'status' in receipt && receipt.status === 0 ? 0 : 1,
    cumulativeGasUsed: receipt.cumulativeBlockGasUsed,
    logsBloom: bytesToHex(receipt.bitvector),
    logs: receipt.logs.map(([address, topics, data]) => ({
      address: bytesToHex(address),
      topics: topics.map(bytesToHex),
      data: bytesToHex(data),
    })),
    gasUsed,
    effectiveGasPrice: price,
    contractAddress: created,
  }
}
