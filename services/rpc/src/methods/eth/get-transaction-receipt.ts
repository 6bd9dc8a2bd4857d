import type { Method } from '../../context.ts'
import { hash, required } from '../../params/primitives.ts'
import { findReceipt } from '../../state/find-transaction.ts'

/** `eth_getTransactionReceipt(hash)`: null while it waits, and for a skipped transaction for ever. */
export const getTransactionReceipt: Method = (context, params) =>
  findReceipt(context.chain, required(params, 0, hash)) ?? null
