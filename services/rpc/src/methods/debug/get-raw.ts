import {
  bytesToHex,
  decodeRlp,
  encodeHeader,
  encodeReceipt,
  encodeRlp,
  type L2Block,
  type RlpItem,
} from '@crema/protocol'
import type { Method, RpcContext } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { blockId } from '../../params/block-id.ts'
import { hash, required } from '../../params/primitives.ts'
import { findBlock } from '../../state/find-block.ts'
import { findTransaction } from '../../state/find-transaction.ts'

/** `debug_getRawHeader(block)`: RLP of the header. */
export const getRawHeader: Method = (context, params) => bytesToHex(encodeHeader(block(context, params).header))

/** `debug_getRawBlock(block)`: RLP of header, transactions, uncles, and withdrawals from Shanghai on. */
export const getRawBlock: Method = (context, params) => bytesToHex(encodeRlp(blockItems(block(context, params))))

/** `debug_getRawReceipts(block)`: consensus encodings. */
export const getRawReceipts: Method = (context, params) =>
  block(context, params).receipts.map((receipt) => bytesToHex(encodeReceipt(receipt)))

/** `debug_getRawTransaction(hash)`: canonical encoding; `0x` when there is none. */
export const getRawTransaction: Method = (context, params) => {
  const found = findTransaction(context.chain, required(params, 0, hash))
  return found === undefined ? '0x' : bytesToHex(found.transaction.raw)
}

function block(context: RpcContext, params: readonly unknown[]): L2Block {
  const found = findBlock(context, required(params, 0, blockId))
  if (found === undefined) throw rpcError('headerNotFound')
  return found
}

function blockItems({ header, transactions }: L2Block): RlpItem[] {
  // A legacy transaction is a list of its own; a typed one is a string.
  const bodies = transactions.map(({ raw }) => (raw[0]! >= 0xc0 ? decodeRlp(raw) : raw))
  const items = [decodeRlp(encodeHeader(header)), bodies, []]
  return header.withdrawalsRoot === undefined ? items : [...items, []]
}
