import type { Method } from '../../context.ts'
import { hash, required } from '../../params/primitives.ts'
import { findReceipt } from '../../state/find-transaction.ts'

/** `eth_getTransactionReceipt(hash)`: null while it waits, and for a skipped transaction for ever. */
export const getTransactionReceipt: Method = ({ chain, awaited }, params) => {
  const wanted = required(params, 0, hash)
  const receipt = findReceipt(chain, wanted)
  if (receipt === undefined) awaited.missed(wanted)
  else awaited.served(wanted)
  return receipt ?? null
}
