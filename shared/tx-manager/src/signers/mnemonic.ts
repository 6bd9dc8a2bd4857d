import { mnemonicToAccount } from 'viem/accounts'
import type { Signer } from '../types.ts'
import { accountSigner } from './local.ts'

/** Signer over a BIP-39 mnemonic and a BIP-32 path such as `m/44'/60'/0'/0/0`. */
export function mnemonicSigner(mnemonic: string, hdPath = "m/44'/60'/0'/0/0"): Signer {
  return accountSigner(mnemonicToAccount(mnemonic.trim(), { path: hdPath as `m/44'/60'/${string}` }))
}
