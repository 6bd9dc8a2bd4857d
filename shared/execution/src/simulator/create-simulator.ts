import { bigIntToBytes, bytesToHex, type Hash, hexToBytes, type L2ChainConfig, type StateReader } from '@crema/protocol'
import { EMPTY_CODE } from '../state/account.ts'
import { createStateCache } from '../state/state-cache.ts'
import type { CallRequest, StateSimulator } from '../types.ts'
import { proveAccount, readAccount, readSlot } from './account-proof.ts'
import { createEnginePool } from './engine-pool.ts'
import { simulateCall } from './simulate-call.ts'

/** What a simulator needs. `blockHash` serves overridden block numbers; hashes within the state's window come from the state. */
export interface SimulatorPorts {
  readonly config: L2ChainConfig
  readonly state: StateReader
  readonly blockHash: (number: bigint) => Hash | undefined
}

/**
 * Makes a simulator on stored states. Every method throws `MissingStateError` when the state is not stored. A call's time is bounded by its
 * gas, which the caller caps.
 */
export function createSimulator({ config, state, blockHash }: SimulatorPorts): StateSimulator {
  const cache = createStateCache(state)
  const pool = createEnginePool(config, cache)
  return {
    account: (root, address) => readAccount(cache, root, address),
    async code(root, address) {
      const account = await readAccount(cache, root, address)
      if (account === undefined || account.codeHash === bytesToHex(EMPTY_CODE)) return new Uint8Array(0)
      return cache.code(account.codeHash.slice(2))
    },
    async storage(root, address, slot) {
      const account = await readAccount(cache, root, address)
      const value = account === undefined ? 0n : await readSlot(cache, account.storageRoot, slot)
      return bytesToHex(bigIntToBytes(value, 32))
    },
    proof: (root, address, slots) => proveAccount(cache, root, address, slots),
    call(request: CallRequest) {
      const { header } = request
      const hashOf = (number: bigint): Uint8Array | undefined => {
        if (number < header.number) return undefined
        const hash = number === header.number ? header.hash : blockHash(number)
        return hash === undefined ? new Uint8Array(32) : hexToBytes(hash)
      }
      return pool.use(hexToBytes(header.stateRoot), hashOf, (engine) => simulateCall(engine, request))
    },
  }
}
