import type { ChainStore } from '@crema/chain-store'
import { type L1Client, L1Error, readL1Block } from '@crema/l1'
import type { Hash, Origin } from '@crema/protocol'

/** Reads canonical L1 blocks at or below the followed head, from the store where it holds them. */
export interface Origins {
  /** The canonical L1 block at `number`. Throws `L1Error` when L1 does not answer. */
  at(number: bigint): Promise<Origin>
  /** The L1 block with this hash, which a leaf names. Throws `L1Error` when L1 does not know it, or not at `number`. */
  named(number: bigint, hash: Hash): Promise<Origin>
  /** Forgets what may have left the chain after a reorganisation above `number`. */
  cutAbove(number: bigint): void
}

const MAX_CACHED = 1_024

/** Creates the reader over a store and a client. */
export function createOrigins(store: ChainStore, client: L1Client): Origins {
  const cache = new Map<bigint, Origin>()
  const keep = (block: Origin): Origin => {
    cache.set(block.number, block)
    if (cache.size > MAX_CACHED) cache.delete(cache.keys().next().value!)
    return block
  }
  return {
    at: async (number) => {
      const known = cache.get(number) ?? store.l1Block(number)
      if (known !== undefined) return known
      const block = await readL1Block(client, { number })
      if (block === undefined) {
        throw new L1Error('L1_INCONSISTENT', `L1 does not know block ${number}`, { details: { number } })
      }
      return keep(block)
    },
    named: async (number, hash) => {
      const known = [cache.get(number), store.l1Block(number)].find((block) => block?.hash === hash)
      if (known !== undefined) return known
      const block = await readL1Block(client, { hash })
      if (block?.number !== number) {
        throw new L1Error('L1_INCONSISTENT', 'L1 does not know the origin of a leaf', { details: { number, hash } })
      }
      return keep(block)
    },
    cutAbove: (number) => {
      for (const key of cache.keys()) if (key > number) cache.delete(key)
    },
  }
}
