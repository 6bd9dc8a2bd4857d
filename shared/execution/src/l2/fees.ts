import type { OrderedTransaction } from '@crema/protocol'
import { smaller } from '../bigint.ts'

/** Most that a transaction pays per gas, in wei. */
export function feeCap(transaction: OrderedTransaction): bigint {
  return transaction.type === 0 || transaction.type === 1 ? transaction.gasPrice : transaction.maxFeePerGas
}

/** What a transaction whose cap is at least the base fee pays per gas, in wei, base fee included (EIP-1559). */
export function effectiveGasPrice(transaction: OrderedTransaction, baseFee: bigint): bigint {
  if (transaction.type === 0 || transaction.type === 1) return transaction.gasPrice
  return smaller(baseFee + transaction.maxPriorityFeePerGas, transaction.maxFeePerGas)
}
