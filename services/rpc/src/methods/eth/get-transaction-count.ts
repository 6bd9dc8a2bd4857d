import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { address, optional, required } from '../../params/primitives.ts'
import { atLatest } from '../../state/at-latest.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

/** `eth_getTransactionCount(address, block)`; `pending` counts the transactions that wait with us. */
export const getTransactionCount: Method = async (context, params) => {
  const account = required(params, 0, address)
  const id = optional(params, 1, blockId, latest)
  if (id.kind === 'tag' && id.tag === 'pending') {
    const newest = await atLatest(context, ({ stateRoot }) => context.simulator.account(stateRoot, account))
    return toQuantity(context.pool.pendingNonce(account, newest?.nonce ?? 0n))
  }
  const { stateRoot } = resolveHeader(context, id)
  return toQuantity((await context.simulator.account(stateRoot, account))?.nonce ?? 0n)
}
