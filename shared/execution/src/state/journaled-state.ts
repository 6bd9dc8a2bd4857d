import { keccak256, type StateWrites } from '@crema/protocol'
import type { AccountFields, StateManagerInterface } from '@ethereumjs/common'
import { RLP } from '@ethereumjs/rlp'
import { OriginalStorageCache } from '@ethereumjs/statemanager'
import { Account, type Address, EthereumJSErrorWithoutCode } from '@ethereumjs/util'
import { copyAccount, EMPTY_CODE, EMPTY_ROOT } from './account.ts'
import { toHex } from './hex.ts'
import { NodeOverlay } from './node-overlay.ts'
import { collectReachable } from './reachable.ts'
import type { StateCache } from './state-cache.ts'
import { openTrie, updateTrie } from './trie.ts'

/** Storage of one account: the trie it was read from and the slots known since. */
interface Storage {
  readonly root: Uint8Array
  readonly slots: Map<string, Uint8Array>
  readonly dirty: Set<string>
}

const NOTHING = new Uint8Array(0)
/** Above either, what is cached is forgotten after the block. */
const MAX_CACHED_ACCOUNTS = 200_000
const MAX_CACHED_SLOTS = 1_000_000

/**
 * The state that one EVM works on: values in maps with an undo log, the tries touched only to read what is not known yet and to
 * compute roots. It stays warm from block to block while every block continues the one before; {@link JournaledState.reset} turns
 * to another root. After an error from inside the EVM, `reset` before further use.
 */
export class JournaledState implements StateManagerInterface {
  readonly originalStorageCache: OriginalStorageCache
  readonly #cache: StateCache
  readonly #overlay: NodeOverlay
  #root: Uint8Array
  #accounts = new Map<string, Account | undefined>()
  #storages = new Map<string, Storage>()
  #dirty = new Set<string>()
  #freshCodes = new Map<string, Uint8Array>()
  /** Slots cached, some of them perhaps forgotten since. */
  #slotCount = 0
  /** Undo functions, newest last, and its lengths at the open checkpoints. */
  #undo: (() => void)[] = []
  #checkpoints: number[] = []

  constructor(cache: StateCache, root: Uint8Array = EMPTY_ROOT) {
    this.#cache = cache
    this.#overlay = new NodeOverlay(cache)
    this.#root = root
    this.originalStorageCache = new OriginalStorageCache((address, key) => this.getStorage(address, key))
  }

  /** Root of the last {@link getStateRoot} or reset. */
  get root(): Uint8Array {
    return this.#root
  }

  /** Forgets everything and continues on the state under `root`. */
  reset(root: Uint8Array): void {
    this.#root = root
    this.#accounts = new Map()
    this.#storages = new Map()
    this.#dirty = new Set()
    this.#freshCodes = new Map()
    this.#slotCount = 0
    this.#undo = []
    this.#checkpoints = []
    this.#overlay.clear()
    this.originalStorageCache.clear()
  }

  async getAccount(address: Address): Promise<Account | undefined> {
    const account = await this.#load(toHex(address.bytes), address.bytes)
    return account === undefined ? undefined : copyAccount(account)
  }

  async #load(key: string, address: Uint8Array): Promise<Account | undefined> {
    if (this.#accounts.has(key)) return this.#accounts.get(key)
    const rlp = await openTrie(this.#overlay, this.#root).get(address)
    const account = rlp === null ? undefined : decodeAccount(rlp)
    this.#accounts.set(key, account)
    return account
  }

  async putAccount(address: Address, account?: Account): Promise<void> {
    if (account === undefined) return this.deleteAccount(address)
    this.#setAccount(toHex(address.bytes), copyAccount(account))
  }

  #setAccount(key: string, account: Account | undefined): void {
    const known = this.#accounts.has(key)
    const previous = this.#accounts.get(key)
    this.#accounts.set(key, account)
    this.#dirty.add(key)
    this.#undo.push(() => {
      if (known) this.#accounts.set(key, previous)
      else this.#accounts.delete(key)
    })
  }

  async deleteAccount(address: Address): Promise<void> {
    const key = toHex(address.bytes)
    this.#setAccount(key, undefined)
    this.#replaceStorage(key)
  }

  async modifyAccountFields(address: Address, fields: AccountFields): Promise<void> {
    const account = (await this.getAccount(address)) ?? new Account()
    if (fields.nonce !== undefined) account.nonce = fields.nonce
    if (fields.balance !== undefined) account.balance = fields.balance
    if (fields.codeHash !== undefined) account.codeHash = fields.codeHash
    if (fields.storageRoot !== undefined) account.storageRoot = fields.storageRoot
    await this.putAccount(address, account)
  }

  async putCode(address: Address, code: Uint8Array): Promise<void> {
    const codeHash = code.length === 0 ? EMPTY_CODE : keccak256(code)
    if (code.length > 0) this.#freshCodes.set(toHex(codeHash), code)
    await this.modifyAccountFields(address, { codeHash })
  }

  async getCode(address: Address): Promise<Uint8Array> {
    const account = await this.#load(toHex(address.bytes), address.bytes)
    if (account === undefined || !account.isContract()) return NOTHING
    const hash = toHex(account.codeHash)
    return this.#freshCodes.get(hash) ?? this.#cache.code(hash)
  }

  async getCodeSize(address: Address): Promise<number> {
    return (await this.getCode(address)).length
  }

  async getStorage(address: Address, slot: Uint8Array): Promise<Uint8Array> {
    checkSlot(slot)
    const key = toHex(address.bytes)
    const storage = await this.#storage(key, address.bytes)
    if (storage === undefined) return NOTHING
    const slotKey = toHex(slot)
    const known = storage.slots.get(slotKey)
    if (known !== undefined) return known
    const rlp = storage.root === EMPTY_ROOT ? null : await openTrie(this.#overlay, storage.root).get(slot)
    const value = rlp === null ? NOTHING : (RLP.decode(rlp) as Uint8Array)
    storage.slots.set(slotKey, value)
    this.#slotCount++
    return value
  }

  async #storage(key: string, address: Uint8Array): Promise<Storage | undefined> {
    const known = this.#storages.get(key)
    if (known !== undefined) return known
    const account = await this.#load(key, address)
    if (account === undefined) return undefined
    const storage = emptyStorage(account.storageRoot)
    this.#storages.set(key, storage)
    return storage
  }

  async putStorage(address: Address, slot: Uint8Array, value: Uint8Array): Promise<void> {
    checkSlot(slot)
    if (value.length > 32) throw EthereumJSErrorWithoutCode('a storage value has at most 32 bytes')
    const key = toHex(address.bytes)
    const storage = await this.#storage(key, address.bytes)
    if (storage === undefined) throw EthereumJSErrorWithoutCode('putStorage() on an account that does not exist')
    const slotKey = toHex(slot)
    const previous = storage.slots.get(slotKey)
    storage.slots.set(slotKey, trimZeros(value))
    if (previous === undefined) this.#slotCount++
    storage.dirty.add(slotKey)
    this.#dirty.add(key)
    this.#undo.push(() => {
      if (previous === undefined) storage.slots.delete(slotKey)
      else storage.slots.set(slotKey, previous)
    })
  }

  async clearStorage(address: Address): Promise<void> {
    const key = toHex(address.bytes)
    this.#replaceStorage(key)
    if ((await this.#load(key, address.bytes)) !== undefined) {
      await this.modifyAccountFields(address, { storageRoot: EMPTY_ROOT })
    }
  }

  /** Starts the account's storage anew on the empty trie. */
  #replaceStorage(key: string): void {
    const previous = this.#storages.get(key)
    this.#storages.set(key, emptyStorage(EMPTY_ROOT))
    this.#dirty.add(key)
    this.#undo.push(() => {
      if (previous === undefined) this.#storages.delete(key)
      else this.#storages.set(key, previous)
    })
  }

  async checkpoint(): Promise<void> {
    this.#checkpoints.push(this.#undo.length)
  }

  async commit(): Promise<void> {
    this.#checkpoints.pop()
    if (this.#checkpoints.length === 0) {
      this.#undo = []
      this.originalStorageCache.clear()
    }
  }

  async revert(): Promise<void> {
    const length = this.#checkpoints.pop() ?? 0
    while (this.#undo.length > length) this.#undo.pop()!()
  }

  /**
   * Writes what changed into the tries (in memory) and returns the state root. Undo steps from before it are meaningless
   * afterwards: only commits may follow, or a reset.
   */
  async getStateRoot(): Promise<Uint8Array> {
    const updates = new Map<string, Uint8Array | undefined>()
    for (const key of this.#dirty) {
      const account = await this.#load(key, fromHex(key))
      if (account !== undefined) await this.#flushStorage(key, account)
      updates.set(key, account?.serialize())
    }
    this.#root = await updateTrie(this.#overlay, this.#root, updates)
    return this.#root
  }

  async #flushStorage(key: string, account: Account): Promise<void> {
    const storage = this.#storages.get(key)
    if (storage === undefined || storage.dirty.size === 0) return
    const updates = new Map<string, Uint8Array | undefined>()
    for (const slot of storage.dirty) {
      const value = storage.slots.get(slot)
      // A slot that was written, reverted and never read is as the trie has it.
      if (value !== undefined) updates.set(slot, value.length === 0 ? undefined : RLP.encode(value))
    }
    account.storageRoot = await updateTrie(this.#overlay, storage.root, updates)
    this.#storages.set(key, { root: account.storageRoot, slots: storage.slots, dirty: new Set() })
  }

  /**
   * What the blocks since the last call added, without what was only intermediate. Call after {@link getStateRoot}, with no
   * checkpoint open.
   */
  takeWrites(): StateWrites {
    const nodes = new Map<string, Uint8Array>()
    const codes = new Map<string, Uint8Array>()
    collectReachable(toHex(this.#root), this.#overlay.fresh, nodes, (leaf) => {
      const [, , storageRoot, codeHash] = RLP.decode(leaf) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
      collectReachable(toHex(storageRoot), this.#overlay.fresh, nodes)
      const hash = toHex(codeHash)
      const code = this.#freshCodes.get(hash)
      if (code !== undefined) codes.set(hash, code)
    })
    this.#overlay.clear()
    this.#freshCodes = new Map()
    this.#dirty = new Set()
    this.#undo = []
    if (this.#accounts.size > MAX_CACHED_ACCOUNTS || this.#slotCount > MAX_CACHED_SLOTS) {
      this.#slotCount = 0
      this.#accounts = new Map()
      this.#storages = new Map()
    }
    const writes = { nodes, codes }
    this.#cache.add(writes)
    return writes
  }

  async setStateRoot(root: Uint8Array): Promise<void> {
    this.reset(root)
  }

  async hasStateRoot(root: Uint8Array): Promise<boolean> {
    return (
      root === EMPTY_ROOT ||
      (await this.#overlay.get(toHex(root)).then(
        () => true,
        () => false,
      ))
    )
  }

  clearCaches(): void {
    this.reset(this.#root)
  }

  shallowCopy(): JournaledState {
    return new JournaledState(this.#cache, this.#root)
  }
}

function emptyStorage(root: Uint8Array): Storage {
  return { root: toHex(root) === EMPTY_ROOT_HEX ? EMPTY_ROOT : root, slots: new Map(), dirty: new Set() }
}

const EMPTY_ROOT_HEX = toHex(EMPTY_ROOT)

function decodeAccount(rlp: Uint8Array): Account {
  const [nonce, balance, storageRoot, codeHash] = RLP.decode(rlp) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  return new Account(toBigInt(nonce), toBigInt(balance), storageRoot, codeHash)
}

const toBigInt = (bytes: Uint8Array): bigint => (bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`))

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

function checkSlot(slot: Uint8Array): void {
  if (slot.length !== 32) throw EthereumJSErrorWithoutCode('a storage key has 32 bytes')
}

function trimZeros(value: Uint8Array): Uint8Array {
  let start = 0
  while (start < value.length && value[start] === 0) start++
  return value.slice(start)
}
