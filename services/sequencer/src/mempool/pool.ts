import type { Hash } from '@crema/protocol'
import { Refusal } from '../errors.ts'

/** A submission that waits to be ordered. */
export interface Waiting {
  readonly hash: Hash
  readonly raw: Uint8Array
  readonly sender: string
  readonly nonce: bigint
}

/** Bounds of one lane's pool. */
export interface PoolLimits {
  readonly maxCount: number
  /** Sum of the transactions' sizes. */
  readonly maxBytes: number
}

/** What waits in one lane. */
export interface Pool {
  readonly count: number
  readonly bytes: number
  has(hash: Hash): boolean
  /** @throws Refusal POOL_FULL when a transaction of `size` bytes has no room. */
  assertRoom(size: number): void
  /** @throws Refusal POOL_FULL. */
  add(transaction: Waiting): void
  /**
   * What the next block takes: places in order of arrival, and in each place the sender's lowest waiting nonce, so that no
   * transaction comes before a lower nonce of its sender. A sender whose next one does not fit waits for the next block.
   */
  pick(maxBytes: number, maxEntries: number): Waiting[]
  remove(transactions: readonly Waiting[]): void
}

/** Bytes of the length in front of each payload entry. */
const entryOverhead = 4

/** An empty pool. */
export function createPool({ maxCount, maxBytes }: PoolLimits): Pool {
  const arrivals = new Map<Hash, Waiting>()
  const bySender = new Map<string, Waiting[]>()
  let bytes = 0

  function assertRoom(size: number): void {
    if (arrivals.size < maxCount && bytes + size <= maxBytes) return
    const details = { count: arrivals.size, bytes }
    throw new Refusal(429, 'POOL_FULL', 'too many transactions wait', { details, retryable: true })
  }

  return {
    get count() {
      return arrivals.size
    },
    get bytes() {
      return bytes
    },
    has: (hash) => arrivals.has(hash),
    assertRoom,
    add: (transaction) => {
      assertRoom(transaction.raw.length)
      arrivals.set(transaction.hash, transaction)
      bytes += transaction.raw.length
      const queue = bySender.get(transaction.sender) ?? []
      const later = queue.findLastIndex(({ nonce }) => nonce <= transaction.nonce) + 1
      queue.splice(later, 0, transaction)
      bySender.set(transaction.sender, queue)
    },
    pick: (limitBytes, limitEntries) => {
      const picked: Waiting[] = []
      const taken = new Map<string, number>()
      const waitsOn = new Set<string>()
      let size = 0
      for (const { sender } of arrivals.values()) {
        if (picked.length >= limitEntries || size + entryOverhead >= limitBytes) break
        if (waitsOn.has(sender)) continue
        const position = taken.get(sender) ?? 0
        const next = bySender.get(sender)![position]!
        if (size + entryOverhead + next.raw.length > limitBytes) {
          waitsOn.add(sender)
          continue
        }
        picked.push(next)
        taken.set(sender, position + 1)
        size += entryOverhead + next.raw.length
      }
      return picked
    },
    remove: (transactions) => {
      const removed = transactions.filter(({ hash }) => arrivals.delete(hash))
      bytes -= removed.reduce((sum, { raw }) => sum + raw.length, 0)
      for (const sender of new Set(removed.map((transaction) => transaction.sender))) {
        const rest = bySender.get(sender)!.filter(({ hash }) => arrivals.has(hash))
        if (rest.length === 0) bySender.delete(sender)
        else bySender.set(sender, rest)
      }
    },
  }
}
