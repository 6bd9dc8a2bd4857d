import type { Hash, L2Block } from '@crema/protocol'

/**
 * Receipts that clients asked for too early. Clients wait for a receipt by watching the block number: one that asked just before the
 * block came, and began to watch just after it, hears of it only with the next block, which on an idle chain may never come (viem's
 * `waitForTransactionReceipt` and ethers' `wait` both do so).
 */
export interface AwaitedReceipts {
  /** A client asked for the receipt, and there was none. */
  missed(hash: Hash): void
  /** A client has the receipt. */
  served(hash: Hash): void
  /** A new block: whoever watches looks again, and what it includes can be fetched. */
  included(block: L2Block): void
  /** Whether a receipt is there since longer than clients take to come back for it, and no block followed. */
  overdue(): boolean
}

/** Milliseconds; viem and ethers look every 4 s unless told otherwise. */
const patience = 6_000
/** Hashes remembered, of transactions that may never come. */
const maxMissed = 10_000

/** Nothing is awaited. `now` in milliseconds. */
export function createAwaitedReceipts(now: () => number): AwaitedReceipts {
  const missed = new Set<Hash>()
  const unclaimed = new Set<Hash>()
  let includedAt = 0
  return {
    missed(hash) {
      missed.delete(hash)
      missed.add(hash)
      if (missed.size > maxMissed) missed.delete(missed.values().next().value!)
    },
    served(hash) {
      unclaimed.delete(hash)
    },
    included({ transactions }) {
      unclaimed.clear()
      includedAt = now()
      for (const { hash } of transactions) if (missed.delete(hash)) unclaimed.add(hash)
    },
    overdue: () => unclaimed.size > 0 && now() - includedAt >= patience,
  }
}
