import { type Hash, keccak256Hex, limits } from '@crema/protocol'
import { Refusal } from '../errors.ts'
import type { Admission } from './admission.ts'
import { createPool, type Pool, type PoolLimits, type Waiting } from './pool.ts'
import type { Quota } from './quota.ts'
import type { LastOrdering, RecentTransactions } from './recent.ts'

/** What waits in all lanes. */
export interface Mempool {
  /** Accepts raw bytes for ordering, also what was ordered long enough ago. @throws Refusal ALREADY_KNOWN, UNKNOWN_LANE, TX_TOO_LARGE, POOL_FULL, QUOTA_EXCEEDED or the admission's. */
  add(lane: bigint, raw: Uint8Array): Hash
  /**
   * Takes back what was accepted before a restart, when the newest header was `height`; false when it was ordered since or is not
   * admitted any more.
   */
  restore(lane: bigint, raw: Uint8Array, height: bigint): boolean
  isWaiting(lane: bigint, hash: Hash): boolean
  pick(lane: bigint, maxBytes: number, maxEntries: number): readonly Waiting[]
  remove(lane: bigint, transactions: readonly Waiting[]): void
  /** Transactions and bytes waiting in all lanes. */
  size(): { readonly count: number; readonly bytes: number }
}

/** Parts of {@link createMempool}. */
export interface MempoolOptions {
  readonly lanes: readonly bigint[]
  readonly limits: PoolLimits
  readonly admission: Admission
  readonly quota: Quota
  readonly recent: RecentTransactions
  /** Milliseconds until what was ordered may be ordered once more. */
  readonly waitMs: (last: LastOrdering) => number
}

/** What fits a lane block beside its length. */
const maxEntrySize = limits.maxPayloadSize - 4

/** Empty pools for `lanes`. They live in memory; journal.ts keeps what was accepted over a crash. */
export function createMempool({ lanes, limits, admission, quota, recent, waitMs }: MempoolOptions): Mempool {
  const pools = new Map(lanes.map((lane) => [lane, createPool(limits)]))
  const poolOf = (lane: bigint): Pool => pools.get(lane) ?? throwUnknownLane(lane)
  return {
    add: (lane, raw) => {
      const pool = poolOf(lane)
      if (raw.length > maxEntrySize)
        throw new Refusal(400, 'TX_TOO_LARGE', `at most ${maxEntrySize} bytes fit a lane block`)
      const hash = keccak256Hex(raw)
      const last = recent.find(lane, hash)
      const retryInMs = last === undefined ? 0 : waitMs(last)
      if (pool.has(hash) || retryInMs > 0) {
        const details = { hash, retryInMs }
        throw new Refusal(409, 'ALREADY_KNOWN', 'the transaction waits or is ordered already', { details })
      }
      const { sender, nonce } = admission(lane, raw, hash)
      pool.assertRoom(raw.length)
      quota.spend(`${lane}:${sender}`, raw.length)
      pool.add({ hash, raw, sender, nonce })
      return hash
    },
    restore: (lane, raw, height) => {
      const pool = pools.get(lane)
      const hash = keccak256Hex(raw)
      if (!pool || pool.has(hash) || (recent.find(lane, hash)?.sequencerHeight ?? 0n) > height) return false
      try {
        pool.add({ hash, raw, ...admission(lane, raw, hash) })
        return true
      } catch (error) {
        if (error instanceof Refusal) return false
        throw error
      }
    },
    isWaiting: (lane, hash) => poolOf(lane).has(hash),
    pick: (lane, maxBytes, maxEntries) => poolOf(lane).pick(maxBytes, maxEntries),
    remove: (lane, transactions) => poolOf(lane).remove(transactions),
    size: () => {
      const all = [...pools.values()]
      return { count: all.reduce((sum, p) => sum + p.count, 0), bytes: all.reduce((sum, p) => sum + p.bytes, 0) }
    },
  }
}

/** @throws Refusal UNKNOWN_LANE. */
export function throwUnknownLane(lane: bigint): never {
  throw new Refusal(404, 'UNKNOWN_LANE', `lane ${lane} is not ordered here`, { details: { lane } })
}
