import { sign } from '../secp256k1.ts'
import type { OrderedTransaction } from '../types/transaction.ts'
import { signingHash, type UnsignedTransaction } from './encode.ts'

/** Signs a transaction. Throws {@link CremaError} `BAD_PRIVATE_KEY`. */
export function signTransaction(transaction: UnsignedTransaction, privateKey: Uint8Array): OrderedTransaction {
  const signature = sign(signingHash(transaction), privateKey)
  if (transaction.type !== 0) return { ...transaction, ...signature }
  const { chainId } = transaction
  const parity = BigInt(signature.yParity)
  return { ...transaction, ...signature, v: chainId === undefined ? 27n + parity : chainId * 2n + 35n + parity }
}
