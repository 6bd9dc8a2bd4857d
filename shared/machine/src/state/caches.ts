import type { TrieAccount } from '../trie/account.ts'
import type { Trie } from '../trie/node.ts'

/** A storage trie by its root; boxed, for the empty trie is undefined. */
export interface StorageBox {
  readonly trie: Trie
}

/**
 * Memos of pure functions and of tries whose nodes no store has yet. They never change a result, and all but `newCodes`, `dirty` and
 * `storages` may be emptied at any time.
 */
export interface Caches {
  /** Decoded accounts by the leaf value they stand in. */
  readonly accounts: WeakMap<Uint8Array, TrieAccount>
  /** Storage tries by the array that holds their root in an account. */
  readonly storages: WeakMap<Uint8Array, StorageBox>
  readonly addressPaths: Map<bigint, Uint8Array>
  readonly slotPaths: Map<bigint, Uint8Array>
  /** Scratch paths of an address, by domain. */
  readonly scratchPaths: Map<bigint, Uint8Array>
  /** Scratch paths of slots by address, by slot. */
  readonly scratchSlots: Map<bigint, Map<bigint, Uint8Array>>
  readonly transientSlots: Map<bigint, Map<bigint, Uint8Array>>
  /** Paths in both of these. */
  slotCount: number
  /** Codes by hex of their hash. */
  readonly codes: Map<string, Uint8Array>
  /** Codes that the block deposited, by hex of their hash. */
  readonly newCodes: Map<string, Uint8Array>
  /** Accounts whose storage the block wrote. */
  readonly dirty: Set<bigint>
}

const MAX_ENTRIES = 200_000
const MAX_CODES = 2_000

export function createCaches(): Caches {
  return {
    accounts: new WeakMap(),
    storages: new WeakMap(),
    addressPaths: new Map(),
    slotPaths: new Map(),
    scratchPaths: new Map(),
    scratchSlots: new Map(),
    transientSlots: new Map(),
    slotCount: 0,
    codes: new Map(),
    newCodes: new Map(),
    dirty: new Set(),
  }
}

/** Keeps memory bounded: empties what has grown large. Called between transactions. */
export function trimCaches(caches: Caches): void {
  const { addressPaths, slotPaths, scratchPaths, scratchSlots, transientSlots, codes } = caches
  for (const cache of [addressPaths, slotPaths, scratchPaths]) if (cache.size > MAX_ENTRIES) cache.clear()
  if (codes.size > MAX_CODES) codes.clear()
  if (caches.slotCount <= MAX_ENTRIES) return
  scratchSlots.clear()
  transientSlots.clear()
  caches.slotCount = 0
}
