import { bytesEqual, decodeRlp, encodeRlp, integerToRlp, rlpInteger } from '@crema/protocol'
import type { TrieAccount } from '../trie/account.ts'
import { get } from '../trie/get.ts'
import { rootHash } from '../trie/hash.ts'
import { emptyRoot, type Trie } from '../trie/node.ts'
import { openTrie } from '../trie/resolve.ts'
import { securePath } from '../trie/secure.ts'
import { set } from '../trie/set.ts'
import { noAccount, readAccount, readAccountIn, writeAccount } from './accounts.ts'
import type { Machine } from './machine.ts'
import { noteRead, noteWrite } from './witness.ts'
import { wordBytes } from './words.ts'

const nothing = new Uint8Array(0)

/** The word at a slot; 0 when there is none. Throws `MissingNodeError`. */
export function readStorage(m: Machine, address: bigint, slot: bigint): bigint {
  return readSlot(m, readAccount(m, address), slot, 'slot')
}

/** The word at a slot when the transaction started (EIP-2200). */
export function readOriginalStorage(m: Machine, address: bigint, slot: bigint): bigint {
  return readSlot(m, readAccountIn(m, m.t.startState, address), slot, undefined)
}

/** Writes a slot, and with it the account's storage root. */
export function writeStorage(m: Machine, address: bigint, slot: bigint, value: bigint): void {
  const account = readAccount(m, address) ?? noAccount
  const bytes = value === 0n ? nothing : encodeRlp(integerToRlp(value))
  const before = storageTrie(m, account)
  const path = slotPath(m, slot)
  if (m.witness !== undefined) noteWrite(m.witness, 'slot', m.store, before, path, bytes)
  const trie = set(m.store, before, path, bytes)
  const storageRoot = rootHash(trie)
  m.caches.storages.set(storageRoot, { trie })
  m.caches.dirty.add(address)
  writeAccount(m, address, { ...account, storageRoot })
}

/** The storage of an account. */
export function storageTrie(m: Machine, { storageRoot }: TrieAccount): Trie {
  if (bytesEqual(storageRoot, emptyRoot)) return undefined
  let box = m.caches.storages.get(storageRoot)
  if (box === undefined) {
    box = { trie: openTrie(storageRoot) }
    m.caches.storages.set(storageRoot, box)
  }
  return box.trie
}

function readSlot(m: Machine, account: TrieAccount | undefined, slot: bigint, walk: 'slot' | undefined): bigint {
  if (account === undefined) return 0n
  const trie = storageTrie(m, account)
  if (trie === undefined) return 0n
  if (m.witness !== undefined) noteRead(m.witness, walk, m.store, trie, slotPath(m, slot))
  const bytes = get(m.store, trie, slotPath(m, slot))
  return bytes === undefined ? 0n : rlpInteger(decodeRlp(bytes), 32)
}

function slotPath(m: Machine, slot: bigint): Uint8Array {
  const { slotPaths } = m.caches
  let path = slotPaths.get(slot)
  if (path === undefined) {
    path = securePath(wordBytes(slot))
    slotPaths.set(slot, path)
  }
  return path
}
