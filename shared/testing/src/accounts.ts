import type { Address, Hex } from '@crema/protocol'
import { bytesToHex } from '@crema/protocol'
import { type HDAccount, mnemonicToAccount } from 'viem/accounts'

/** anvil's well-known mnemonic. Worth nothing: never use it on a real network. */
export const testMnemonic = 'test test test test test test test test test test test junk'

/** Deriving one takes thousands of hashes. */
const derived = new Map<string, HDAccount>()

function derive(addressIndex: number, changeIndex: 0 | 1): HDAccount {
  const path = `${changeIndex}/${addressIndex}`
  const account = derived.get(path) ?? mnemonicToAccount(testMnemonic, { changeIndex, addressIndex })
  derived.set(path, account)
  return account
}

/** Account `index` of the mnemonic, as anvil funds it. */
export function testAccount(index: number): HDAccount {
  return derive(index, 0)
}

/** Private key of account `index`; `branch` 1 gives keys that anvil does not fund (sequencers). */
export function testKey(index: number, branch: 0 | 1 = 0): Hex {
  const key = derive(index, branch).getHdKey().privateKey
  if (key === null) throw new Error('no private key')
  return bytesToHex(key)
}

/** Address of {@link testKey}, lower case. */
export function testAddress(index: number, branch: 0 | 1 = 0): Address {
  return derive(index, branch).address.toLowerCase() as Address
}
