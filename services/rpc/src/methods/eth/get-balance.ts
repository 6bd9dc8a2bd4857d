import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { address, optional, required } from '../../params/primitives.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

/** `eth_getBalance(address, block)` in wei. */
export const getBalance: Method = async (context, params) => {
  const account = required(params, 0, address)
  const { stateRoot } = resolveHeader(context, optional(params, 1, blockId, latest))
  return toQuantity((await context.simulator.account(stateRoot, account))?.balance ?? 0n)
}
