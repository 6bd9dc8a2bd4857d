import type { Hash } from '@crema/protocol'
import type { Method } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { address, list, object, optional, required } from '../../params/primitives.ts'
import { storageKey } from '../../params/storage-key.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

/** `eth_getStorageValues({address: slots}, block)`: words in the order of the request. */
export const getStorageValues: Method = async (context, params) => {
  const { maxStorageSlots } = context.limits
  const slots = list(storageKey, maxStorageSlots)
  const requests = Object.entries(required(params, 0, object)).map(
    ([account, keys]) => [address(account, 0), slots(keys, 0)] as const,
  )
  const total = requests.reduce((sum, [, keys]) => sum + keys.length, 0)
  if (total === 0) throw rpcError('emptyStorageRequest')
  if (total > maxStorageSlots) throw rpcError('invalidParams', `too many slots (max ${maxStorageSlots})`)
  const { stateRoot } = resolveHeader(context, optional(params, 1, blockId, latest))
  const result: Record<string, Hash[]> = {}
  for (const [account, keys] of requests) {
    result[account] = await Promise.all(keys.map((key) => context.simulator.storage(stateRoot, account, key)))
  }
  return result
}
