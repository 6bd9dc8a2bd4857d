import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { address, list, optional, required } from '../../params/primitives.ts'
import { echoStorageKey, storageKey } from '../../params/storage-key.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

/** `eth_getProof(address, slots, block)` (EIP-1186). */
export const getProof: Method = async (context, params) => {
  const account = required(params, 0, address)
  const slots = optional(params, 1, list(storageKey, context.limits.maxStorageSlots), [])
  const asked = (params[1] ?? []) as readonly unknown[]
  const { stateRoot } = resolveHeader(context, optional(params, 2, blockId, latest))
  const proof = await context.simulator.proof(stateRoot, account, slots)
  return {
    address: account,
    accountProof: proof.accountProof,
    balance: toQuantity(proof.balance),
    codeHash: proof.codeHash,
    nonce: toQuantity(proof.nonce),
    storageHash: proof.storageRoot,
    storageProof: proof.storageProof.map((item, i) => ({
      key: echoStorageKey(asked[i], item.key),
      value: toQuantity(item.value),
      proof: item.proof,
    })),
  }
}
