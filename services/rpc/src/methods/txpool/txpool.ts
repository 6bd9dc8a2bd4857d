import type { Address } from '@crema/protocol'
import type { Method, RpcContext } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { formatTransaction } from '../../format/transaction.ts'
import { address, required } from '../../params/primitives.ts'

type ByNonce = Record<string, ReturnType<typeof formatTransaction>>
type BySender = Record<Address, ByNonce>

/** `txpool_status()`: how many transactions the sequencer has of us, and how many are held behind a gap. */
export const status: Method = ({ pool }) => {
  let queued = 0
  for (const entry of pool.entries()) if (entry.stage === 'queued') queued++
  return { pending: toQuantity(pool.size - queued), queued: toQuantity(queued) }
}

/** `txpool_content()`: the same transactions, by sender and nonce. */
export const content: Method = (context) => collect(context)

/** `txpool_contentFrom(address)`: those of one sender, by nonce. */
export const contentFrom: Method = (context, params) => {
  const sender = required(params, 0, address)
  const { pending, queued } = collect(context, sender)
  return { pending: pending[sender] ?? {}, queued: queued[sender] ?? {} }
}

function collect({ pool }: RpcContext, sender?: Address): { pending: BySender; queued: BySender } {
  const result: { pending: BySender; queued: BySender } = { pending: {}, queued: {} }
  for (const entry of sender === undefined ? pool.entries() : pool.bySender(sender).values()) {
    const senders = result[entry.stage === 'queued' ? 'queued' : 'pending']
    senders[entry.from] ??= {}
    senders[entry.from]![entry.decoded.nonce.toString()] = formatTransaction(entry)
  }
  return result
}
