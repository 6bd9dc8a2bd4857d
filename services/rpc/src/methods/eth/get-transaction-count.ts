import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { address, optional, required } from '../../params/primitives.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

/** `eth_getTransactionCount(address, block)`; `pending` counts the transactions that wait with us. */
export const getTransactionCount: Method = async (context, params) => {
  const account = required(params, 0, address)
  const id = optional(params, 1, blockId, latest)
  const { stateRoot } = resolveHeader(context, id)
  const nonce = (await context.simulator.account(stateRoot, account))?.nonce ?? 0n
  const pending = id.kind === 'tag' && id.tag === 'pending'
  return toQuantity(pending ? context.pool.pendingNonce(account, nonce) : nonce)
}
