import { type GenesisAccount, hexToBytes, type L2Genesis, type StateWrites } from '@crema/protocol'
import { Account, type Address, createAddressFromString } from '@ethereumjs/util'
import { JournaledState } from '../state/journaled-state.ts'
import { createStateCache } from '../state/state-cache.ts'

/** A state that holds nothing but `alloc`. Its root is not computed yet. */
export async function writeAllocation(alloc: L2Genesis['alloc']): Promise<JournaledState> {
  const state = new JournaledState(createStateCache({ node: () => undefined, code: () => undefined }))
  for (const [address, account] of Object.entries(alloc)) {
    await writeAccount(state, createAddressFromString(address), account)
  }
  return state
}

/** Root and content of the state that `alloc` describes. */
export async function allocationState(
  alloc: L2Genesis['alloc'],
): Promise<{ readonly root: Uint8Array; readonly writes: StateWrites }> {
  const state = await writeAllocation(alloc)
  const root = await state.getStateRoot()
  return { root, writes: state.takeWrites() }
}

async function writeAccount(state: JournaledState, address: Address, account: GenesisAccount): Promise<void> {
  await state.putAccount(address, new Account(account.nonce ?? 0n, account.balance ?? 0n))
  if (account.code !== undefined) await state.putCode(address, hexToBytes(account.code))
  for (const [slot, value] of Object.entries(account.storage ?? {})) {
    await state.putStorage(address, hexToBytes(slot as `0x${string}`), hexToBytes(value))
  }
}
