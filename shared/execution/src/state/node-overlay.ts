import type { BatchDBOp, DB } from '@ethereumjs/util'
import { EMPTY_ROOT } from './account.ts'
import { toHex } from './hex.ts'
import type { StateCache } from './state-cache.ts'

const EMPTY_ROOT_HEX = toHex(EMPTY_ROOT)

/**
 * The `DB` under the tries of one state: reads fall through to the cache, writes stay in `fresh`. An absent node throws
 * `MissingStateError` instead of answering undefined, because the trie library takes undefined for an empty trie.
 */
export class NodeOverlay implements DB<string, Uint8Array> {
  /** Nodes written since the last {@link NodeOverlay.clear}, intermediate ones included. */
  readonly fresh = new Map<string, Uint8Array>()
  readonly #cache: StateCache

  constructor(cache: StateCache) {
    this.#cache = cache
  }

  get(hash: string): Promise<Uint8Array | undefined> {
    if (hash === EMPTY_ROOT_HEX) return Promise.resolve(undefined)
    try {
      return Promise.resolve(this.fresh.get(hash) ?? this.#cache.node(hash))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async put(hash: string, node: Uint8Array): Promise<void> {
    this.fresh.set(hash, node)
  }

  /** Nothing is ever deleted: a node may belong to other states. */
  async del(): Promise<void> {}

  async batch(operations: BatchDBOp<string, Uint8Array>[]): Promise<void> {
    for (const operation of operations) if (operation.type === 'put') await this.put(operation.key, operation.value)
  }

  shallowCopy(): NodeOverlay {
    return this
  }

  async open(): Promise<void> {}

  clear(): void {
    this.fresh.clear()
  }
}
