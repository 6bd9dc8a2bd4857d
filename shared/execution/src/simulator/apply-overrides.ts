import { type Address, hexToBytes } from '@crema/protocol'
import { Account, createAddressFromString } from '@ethereumjs/util'
import type { JournaledState } from '../state/journaled-state.ts'
import type { AccountOverride } from '../types.ts'

/** Replaces parts of the state for one call; `state` clears all storage first, `stateDiff` keeps the rest. */
export async function applyOverrides(
  state: JournaledState,
  overrides: ReadonlyMap<Address, AccountOverride>,
): Promise<void> {
  for (const [address, override] of overrides) await applyOverride(state, address, override)
}

async function applyOverride(state: JournaledState, hex: Address, override: AccountOverride): Promise<void> {
  const address = createAddressFromString(hex)
  const account = (await state.getAccount(address)) ?? new Account()
  account.balance = override.balance ?? account.balance
  account.nonce = override.nonce ?? account.nonce
  await state.putAccount(address, account)
  if (override.code !== undefined) await state.putCode(address, override.code)
  if (override.state !== undefined) await state.clearStorage(address)
  for (const slots of [override.state, override.stateDiff]) {
    for (const [slot, value] of slots ?? []) await state.putStorage(address, hexToBytes(slot), hexToBytes(value))
  }
}
