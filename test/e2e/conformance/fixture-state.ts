import { type Address, bytesToHex, type GenesisAccount, type Hash, type Hex } from '@crema/protocol'

/** An account as the fixtures write it: hex quantities, storage keys without leading zeros. */
export interface FixtureAccount {
  readonly balance?: Hex
  readonly nonce?: Hex
  readonly code?: Hex
  readonly storage?: Readonly<Record<Hex, Hex>>
}
export type FixtureState = Readonly<Record<Address, FixtureAccount>>

/** The fixtures' state as an allocation. */
export function toAllocation(state: FixtureState): Record<Address, GenesisAccount> {
  const alloc: Record<Address, GenesisAccount> = {}
  for (const [address, account] of Object.entries(state)) alloc[address.toLowerCase() as Address] = toAccount(account)
  return alloc
}

function toAccount({ balance = '0x0', nonce = '0x0', code = '0x', storage = {} }: FixtureAccount): GenesisAccount {
  const slots: Record<Hash, Hash> = {}
  for (const [slot, value] of Object.entries(storage)) slots[word(slot as Hex)] = word(value)
  const account = { balance: BigInt(balance), nonce: BigInt(nonce), storage: slots }
  return code === '0x' ? account : { ...account, code }
}

function word(value: Hex): Hash {
  return bytesToHex(Buffer.from(value.slice(2).padStart(64, '0'), 'hex'))
}
