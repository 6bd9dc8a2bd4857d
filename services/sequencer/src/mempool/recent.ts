import { type Hash, keccak256Hex, payloadEntries } from '@crema/protocol'
import type { SealedBlock } from '../chain/types.ts'

/** Where a transaction was ordered. */
export interface OrderedAt {
  readonly sequencerHeight: bigint
  readonly laneHeight: bigint
  readonly entryIndex: number
}

/** The most recently ordered transactions, by lane and hash. */
export interface RecentTransactions {
  add(block: SealedBlock): void
  find(lane: bigint, hash: Hash): OrderedAt | undefined
}

/** Remembers the last `limit` transactions; a transaction ordered twice is found at its first place while remembered. */
export function createRecentTransactions(limit: number): RecentTransactions {
  const places = new Map<string, OrderedAt>()
  const keyOf = (lane: bigint, hash: Hash) => `${lane}:${hash}`
  return {
    add: ({ certified, lanes }) => {
      for (const { lane, laneHeight, payload } of lanes) {
        for (const { index, bytes } of payloadEntries(payload)) {
          const key = keyOf(lane, keccak256Hex(bytes))
          if (places.has(key)) continue
          places.set(key, { sequencerHeight: certified.header.height, laneHeight, entryIndex: index })
          if (places.size > limit) places.delete(places.keys().next().value!)
        }
      }
    },
    find: (lane, hash) => places.get(keyOf(lane, hash)),
  }
}
