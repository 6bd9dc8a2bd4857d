import { bytesToHex, DecodeError, encodeRlp, keccak256 } from '@crema/protocol'
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { Account } from '@ethereumjs/util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeAccount,
  decodeStorageValue,
  emptyCodeHash,
  emptyRoot,
  encodeAccount,
  encodeStorageValue,
  getAccount,
  getStorage,
  isEmptyAccount,
  rootHash,
  setAccount,
  setStorage,
  type Trie,
} from '../../src/index.ts'
import { mapStore } from './support.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const account = fc.record({
  nonce: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  balance: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  storageRoot: bytes(32),
  codeHash: bytes(32),
})
const nobody = { nonce: 0n, balance: 0n, storageRoot: emptyRoot, codeHash: emptyCodeHash }

describe('accounts', () => {
  it('are encoded as the library does, and decoded again', () => {
    fc.assert(
      fc.property(account, (value) => {
        const theirs = new Account(value.nonce, value.balance, value.storageRoot, value.codeHash).serialize()
        expect(bytesToHex(encodeAccount(value))).toBe(bytesToHex(theirs))
        expect(decodeAccount(encodeAccount(value))).toEqual(value)
      }),
    )
  })

  it('refuse other RLP', () => {
    const word = new Uint8Array(32)
    const none = new Uint8Array(0)
    for (const item of [
      [none, none, word],
      [Uint8Array.of(0), none, word, word],
      [new Uint8Array(9).fill(1), none, word, word],
    ])
      expect(() => decodeAccount(encodeRlp(item))).toThrow(DecodeError)
    expect(() => decodeAccount(encodeRlp([none, none, word, word.subarray(1)]))).toThrow(DecodeError)
  })

  it('share the form of storage words: no zero, nothing longer than needed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (word) => {
        expect(decodeStorageValue(encodeStorageValue(word))).toBe(word)
      }),
    )
    const bad = ['80', '00', '8105', '820005', `a1${'01'.repeat(33)}`, '8505', 'c0']
    for (const hex of bad) expect(() => decodeStorageValue(Buffer.from(hex, 'hex')), hex).toThrow(DecodeError)
  })

  it('have the state root of the library; empty ones vanish', async () => {
    const store = mapStore()
    const theirs = new MerklePatriciaTrie({ useKeyHashing: true })
    let state: Trie
    const addresses = Array.from({ length: 80 }, (_, i) => keccak256(Uint8Array.of(i)).subarray(12))
    for (const [i, address] of addresses.entries()) {
      const value = { ...nobody, nonce: BigInt(i), balance: 10n ** BigInt(i % 40) }
      state = setAccount(store, state, address, value)
      await theirs.put(address, encodeAccount(value))
      expect(getAccount(store, state, address)).toEqual(value)
    }
    expect(bytesToHex(rootHash(state))).toBe(bytesToHex(theirs.root()))
    for (const address of addresses.slice(0, 40)) {
      state = setAccount(store, state, address, nobody)
      await theirs.del(address)
      expect(getAccount(store, state, address)).toBeUndefined()
    }
    expect(bytesToHex(rootHash(state))).toBe(bytesToHex(theirs.root()))
    expect(isEmptyAccount({ ...nobody, storageRoot: new Uint8Array(32) })).toBe(true)
  })

  it('have storage with the root of the library; zeros vanish', async () => {
    const store = mapStore()
    const theirs = new MerklePatriciaTrie({ useKeyHashing: true })
    let storage: Trie
    const slot = (i: number) => Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? i : 0))
    for (let i = 0; i < 60; i++) {
      const value = 1n << BigInt((i * 17) % 256)
      storage = setStorage(store, storage, slot(i), value)
      const hex = value.toString(16)
      await theirs.put(slot(i), encodeRlp(new Uint8Array(Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'))))
      expect(getStorage(store, storage, slot(i))).toBe(value)
    }
    expect(bytesToHex(rootHash(storage))).toBe(bytesToHex(theirs.root()))
    for (let i = 0; i < 60; i++) storage = setStorage(store, storage, slot(i), 0n)
    expect(storage).toBeUndefined()
    expect(getStorage(store, storage, slot(1))).toBe(0n)
  })
})
