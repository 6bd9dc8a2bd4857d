import type { Address, Hex } from '@crema/protocol'
import { bytesToHex } from '@crema/protocol'
import { type HDAccount, mnemonicToAccount } from 'viem/accounts'

/** anvil's well-known mnemonic. Worth nothing: never use it on a real network. */
export const testMnemonic = 'test test test test test test test test test test test junk'

/** Accounts derived so far: the mnemonic's seed alone takes 2,048 rounds of HMAC. */
const derived = new Map<string, HDAccount>()

function derive(branch: 0 | 1, index: number): HDAccount {
  const path = `${branch}/${index}`
  const account = derived.get(path) ?? mnemonicToAccount(testMnemonic, { changeIndex: branch, addressIndex: index })
  derived.set(path, account)
  return account
}

/** Account `index` of the mnemonic, as anvil funds it. */
export function testAccount(index: number): HDAccount {
  return derive(0, index)
}

/** Private key of account `index`; `branch` 1 gives keys that anvil does not fund (sequencers). */
export function testKey(index: number, branch: 0 | 1 = 0): Hex {
  const key = derive(branch, index).getHdKey().privateKey
  if (key === null) throw new Error('no private key')
  return bytesToHex(key)
}

/** Address of {@link testKey}, lower case. */
export function testAddress(index: number, branch: 0 | 1 = 0): Address {
  return derive(branch, index).address.toLowerCase() as Address
}
