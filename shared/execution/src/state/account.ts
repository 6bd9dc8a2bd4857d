import { Account, KECCAK256_NULL, KECCAK256_RLP } from '@ethereumjs/util'

/** Root of the empty trie. */
export const EMPTY_ROOT: Uint8Array = KECCAK256_RLP
/** Code hash of an account without code. */
export const EMPTY_CODE: Uint8Array = KECCAK256_NULL

/** A copy that its holder may change; the library mutates what it got and puts it back. */
export function copyAccount(account: Account): Account {
  return new Account(account.nonce, account.balance, account.storageRoot, account.codeHash)
}
