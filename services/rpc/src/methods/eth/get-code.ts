import { bytesToHex } from '@crema/protocol'
import type { Method } from '../../context.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { address, optional, required } from '../../params/primitives.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

/** `eth_getCode(address, block)`; an EIP-7702 account shows its delegation. */
export const getCode: Method = async (context, params) => {
  const account = required(params, 0, address)
  const { stateRoot } = resolveHeader(context, optional(params, 1, blockId, latest))
  return bytesToHex(await context.simulator.code(stateRoot, account))
}
