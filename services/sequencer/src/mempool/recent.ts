import { type Hash, keccak256Hex, payloadEntries } from '@crema/protocol'
import type { SealedBlock } from '../chain/types.ts'

/** Where a transaction was ordered. */
export interface OrderedAt {
  readonly sequencerHeight: bigint
  readonly laneHeight: bigint
  readonly entryIndex: number
}

/** The last ordering of a transaction. */
export interface LastOrdering extends OrderedAt {
  /** Seconds, of the header. */
  readonly timestamp: bigint
  /** How often it was ordered while remembered. */
  readonly times: number
}

/** The most recently ordered transactions, by lane and hash. */
export interface RecentTransactions {
  add(block: SealedBlock): void
  find(lane: bigint, hash: Hash): LastOrdering | undefined
}

/** Remembers the last `limit` transactions; one that was ordered more than once is found at its last place. */
export function createRecentTransactions(limit: number): RecentTransactions {
  const places = new Map<string, LastOrdering>()
  const keyOf = (lane: bigint, hash: Hash) => `${lane}:${hash}`
  return {
    add: ({ certified: { header }, lanes }) => {
      for (const { lane, laneHeight, payload } of lanes) {
        for (const { index, bytes } of payloadEntries(payload)) {
          const key = keyOf(lane, keccak256Hex(bytes))
          const times = (places.get(key)?.times ?? 0) + 1
          places.delete(key)
          const { height: sequencerHeight, timestamp } = header
          places.set(key, { sequencerHeight, laneHeight, entryIndex: index, timestamp, times })
          if (places.size > limit) places.delete(places.keys().next().value!)
        }
      }
    },
    find: (lane, hash) => places.get(keyOf(lane, hash)),
  }
}
