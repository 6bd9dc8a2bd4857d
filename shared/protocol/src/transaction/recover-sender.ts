import { recoverAddress } from '../secp256k1.ts'
import type { Address } from '../types/hex.ts'
import type { OrderedTransaction } from '../types/transaction.ts'
import { signingHash } from './encode.ts'

/** Sender of a decoded transaction; undefined when no point of the curve has its r. */
export function recoverSender(transaction: OrderedTransaction): Address | undefined {
  return recoverAddress(signingHash(transaction), transaction)
}

/** Senders of transactions, in their order; see {@link recoverSender}. */
export function recoverSenders(transactions: readonly OrderedTransaction[]): (Address | undefined)[] {
  return transactions.map(recoverSender)
}
