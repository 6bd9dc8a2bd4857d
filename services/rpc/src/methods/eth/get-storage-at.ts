import type { Method } from '../../context.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { address, optional, required } from '../../params/primitives.ts'
import { storageKey } from '../../params/storage-key.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

/** `eth_getStorageAt(address, slot, block)`: 32 bytes. */
export const getStorageAt: Method = async (context, params) => {
  const account = required(params, 0, address)
  const slot = required(params, 1, storageKey)
  const { stateRoot } = resolveHeader(context, optional(params, 2, blockId, latest))
  return context.simulator.storage(stateRoot, account, slot)
}
