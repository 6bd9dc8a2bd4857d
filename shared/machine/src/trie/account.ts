import {
  bytesEqual,
  DecodeError,
  decodeRlp,
  encodeRlp,
  hexToBytes,
  integerToRlp,
  rlpFixed,
  rlpInteger,
  rlpList,
} from '@crema/protocol'
import { get } from './get.ts'
import type { NodeStore, Trie } from './node.ts'
import { securePath } from './secure.ts'
import { set } from './set.ts'

/** An account as the state trie holds it (yellow paper, 4.1). Balance in wei. */
export interface TrieAccount {
  readonly nonce: bigint
  readonly balance: bigint
  readonly storageRoot: Uint8Array
  readonly codeHash: Uint8Array
}

/** keccak256 of no code. */
export const emptyCodeHash: Uint8Array = hexToBytes(
  '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
)

const nothing = new Uint8Array(0)

/** Without nonce, balance and code (EIP-161). */
export function isEmptyAccount({ nonce, balance, codeHash }: TrieAccount): boolean {
  return nonce === 0n && balance === 0n && bytesEqual(codeHash, emptyCodeHash)
}

/** RLP of an account. Twin of `MptAccount.encodeAccount`. */
export function encodeAccount({ nonce, balance, storageRoot, codeHash }: TrieAccount): Uint8Array {
  return encodeRlp([integerToRlp(nonce), integerToRlp(balance), storageRoot, codeHash])
}

/** Throws `DecodeError` unless the bytes are what {@link encodeAccount} gives. */
export function decodeAccount(bytes: Uint8Array): TrieAccount {
  const [nonce, balance, storageRoot, codeHash] = rlpList(decodeRlp(bytes), 4)
  return {
    nonce: rlpInteger(nonce, 8),
    balance: rlpInteger(balance, 32),
    storageRoot: rlpFixed(storageRoot, 32),
    codeHash: rlpFixed(codeHash, 32),
  }
}

/** A storage word as its trie holds it; empty for 0, which no trie holds. Twin of `MptAccount.encodeStorageValue`. */
export function encodeStorageValue(word: bigint): Uint8Array {
  return word === 0n ? nothing : encodeRlp(integerToRlp(word))
}

/** 0 for the empty value. Throws `DecodeError` unless the bytes are what {@link encodeStorageValue} gives. */
export function decodeStorageValue(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : decodeWord(bytes)
}

function decodeWord(bytes: Uint8Array): bigint {
  const word = rlpInteger(decodeRlp(bytes), 32)
  if (word === 0n) throw new DecodeError('ZERO_STORAGE_VALUE', 'a storage trie holds no 0')
  return word
}

/** The account at a 20-byte address of a state trie. Throws `MissingNodeError`, `TrieError`, `DecodeError`. */
export function getAccount(store: NodeStore, state: Trie, address: Uint8Array): TrieAccount | undefined {
  const bytes = get(store, state, securePath(address))
  return bytes === undefined ? undefined : decodeAccount(bytes)
}

/** The state with `account` at `address`; an empty one is removed, so that no state ever holds one. Throws `MissingNodeError`, `TrieError`. */
export function setAccount(store: NodeStore, state: Trie, address: Uint8Array, account: TrieAccount): Trie {
  return set(store, state, securePath(address), isEmptyAccount(account) ? nothing : encodeAccount(account))
}

/** The word at a 32-byte slot of a storage trie; 0 when there is none. Throws `MissingNodeError`, `TrieError`, `DecodeError`. */
export function getStorage(store: NodeStore, storage: Trie, slot: Uint8Array): bigint {
  const bytes = get(store, storage, securePath(slot))
  return bytes === undefined ? 0n : decodeWord(bytes)
}

/** The storage with `value` at `slot`; 0 removes. Throws `MissingNodeError`, `TrieError`. */
export function setStorage(store: NodeStore, storage: Trie, slot: Uint8Array, value: bigint): Trie {
  return set(store, storage, securePath(slot), encodeStorageValue(value))
}
