import { decodeAccount, emptyCodeHash, encodeAccount, isEmptyAccount, type TrieAccount } from '../trie/account.ts'
import { get } from '../trie/get.ts'
import { emptyRoot, type Trie } from '../trie/node.ts'
import { put } from '../trie/put.ts'
import { remove } from '../trie/remove.ts'
import { securePath } from '../trie/secure.ts'
import type { Machine } from './machine.ts'
import { noteRead, noteWrite } from './witness.ts'
import { addressBytes } from './words.ts'

const nothing = new Uint8Array(0)

/** What an address without account reads as. */
export const noAccount: TrieAccount = { nonce: 0n, balance: 0n, storageRoot: emptyRoot, codeHash: emptyCodeHash }

/** The account at `address` in the world state, or undefined. Throws `MissingNodeError`. */
export function readAccount(m: Machine, address: bigint): TrieAccount | undefined {
  if (m.witness !== undefined) noteRead(m.witness, 'account', m.store, m.state, pathOf(m, address))
  return decode(m, get(m.store, m.state, pathOf(m, address)))
}

/** The account at `address` in any world state, such as the one the transaction started from. */
export function readAccountIn(m: Machine, state: Trie, address: bigint): TrieAccount | undefined {
  if (m.witness !== undefined) noteRead(m.witness, undefined, m.store, state, pathOf(m, address))
  return decode(m, get(m.store, state, pathOf(m, address)))
}

function decode(m: Machine, bytes: Uint8Array | undefined): TrieAccount | undefined {
  if (bytes === undefined) return undefined
  let account = m.caches.accounts.get(bytes)
  if (account === undefined) {
    account = decodeAccount(bytes)
    m.caches.accounts.set(bytes, account)
  }
  return account
}

/** Writes an account; an empty one leaves the state (EIP-161). */
export function writeAccount(m: Machine, address: bigint, account: TrieAccount): void {
  const path = pathOf(m, address)
  if (isEmptyAccount(account)) {
    deleteAccount(m, address)
    return
  }
  const bytes = encodeAccount(account)
  if (m.witness !== undefined) noteWrite(m.witness, 'account', m.store, m.state, path, bytes)
  m.caches.accounts.set(bytes, account)
  m.state = put(m.store, m.state, path, bytes)
}

/** Removes an account with all its storage. */
export function deleteAccount(m: Machine, address: bigint): void {
  const path = pathOf(m, address)
  if (m.witness !== undefined) noteWrite(m.witness, 'account', m.store, m.state, path, nothing)
  m.state = remove(m.store, m.state, path)
}

/** Adds wei to an account; 0 writes nothing. */
export function credit(m: Machine, address: bigint, amount: bigint): void {
  if (amount === 0n) return
  const account = readAccount(m, address) ?? noAccount
  writeAccount(m, address, { ...account, balance: account.balance + amount })
}

/** Takes wei from an account that has them; 0 writes nothing. */
export function debit(m: Machine, address: bigint, amount: bigint): void {
  if (amount === 0n) return
  const account = readAccount(m, address) ?? noAccount
  writeAccount(m, address, { ...account, balance: account.balance - amount })
}

function pathOf(m: Machine, address: bigint): Uint8Array {
  const { addressPaths } = m.caches
  let path = addressPaths.get(address)
  if (path === undefined) {
    path = securePath(addressBytes(address))
    addressPaths.set(address, path)
  }
  return path
}
