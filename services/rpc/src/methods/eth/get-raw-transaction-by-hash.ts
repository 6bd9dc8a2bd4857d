import { bytesToHex } from '@crema/protocol'
import type { Method } from '../../context.ts'
import { hash, required } from '../../params/primitives.ts'
import { findTransaction } from '../../state/find-transaction.ts'

/** `eth_getRawTransactionByHash(hash)`: canonical encoding, or null. */
export const getRawTransactionByHash: Method = (context, params) => {
  const wanted = required(params, 0, hash)
  const transaction = findTransaction(context.chain, wanted)?.transaction ?? context.pool.get(wanted)
  return transaction === undefined ? null : bytesToHex(transaction.raw)
}
