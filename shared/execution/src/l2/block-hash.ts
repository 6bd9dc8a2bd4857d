import { bigIntToBytes, predeploys } from '@crema/protocol'
import { createAddressFromString } from '@ethereumjs/util'
import type { JournaledState } from '../state/journaled-state.ts'
import { HISTORY_WINDOW } from './begin-block.ts'

const historyStorage = createAddressFromString(predeploys.historyStorage)

/**
 * Hash of block `number` as the state holds it (EIP-2935): BLOCKHASH depends on nothing but the state, so that it can be proven.
 * 32 zero bytes for a block before genesis.
 */
export async function blockHashFromState(state: JournaledState, number: bigint): Promise<Uint8Array> {
  const stored = await state.getStorage(historyStorage, bigIntToBytes(number % HISTORY_WINDOW, 32))
  const hash = new Uint8Array(32)
  hash.set(stored, 32 - stored.length)
  return hash
}
