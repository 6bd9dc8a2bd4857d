import type { Address, BlockTransaction, Hash, OrderedTransaction } from '@crema/protocol'
import { rpcError } from '../errors.ts'
import type { RpcLimits } from '../limits.ts'

/** A transaction that waits. */
export interface PoolEntry extends BlockTransaction {
  readonly decoded: OrderedTransaction
  /** Milliseconds. */
  readonly addedAt: number
  /** `submitted`: the sequencer has it. `queued`: held here until the nonces before it are taken. */
  stage: 'queued' | 'submitted'
}

/** Our own view of transactions accepted by us and not yet in a block. */
export interface Pool {
  readonly size: number
  get(hash: Hash): PoolEntry | undefined
  bySender(sender: Address): ReadonlyMap<bigint, PoolEntry>
  /** Adds an entry in the place of one with the same sender and nonce. Throws `txpool is full`. */
  add(entry: PoolEntry): void
  remove(hash: Hash): void
  /** First nonce from `nonce` on that no entry takes. */
  pendingNonce(sender: Address, nonce: bigint): bigint
  /** Drops entries that are older than the expiry. */
  expire(now: number): void
  /** All entries, oldest first. */
  entries(): Iterable<PoolEntry>
  /** Senders that have queued entries. */
  queuedSenders(): Address[]
}

const none: ReadonlyMap<bigint, PoolEntry> = new Map()

/** Most that a transaction may cost in wei. */
export function maxCost(transaction: OrderedTransaction): bigint {
  return transaction.gasLimit * feeCap(transaction) + transaction.value
}

/** Highest price in wei that a transaction pays for gas. */
export function feeCap(transaction: OrderedTransaction): bigint {
  return 'gasPrice' in transaction ? transaction.gasPrice : transaction.maxFeePerGas
}

/** Makes an empty {@link Pool}. */
export function createPool(limits: Pick<RpcLimits, 'poolSize' | 'poolPerSender' | 'poolExpiry'>): Pool {
  const byHash = new Map<Hash, PoolEntry>()
  const senders = new Map<Address, Map<bigint, PoolEntry>>()

  const remove = (hash: Hash): void => {
    const entry = byHash.get(hash)
    if (entry === undefined) return
    byHash.delete(hash)
    const own = senders.get(entry.from)
    if (own?.get(entry.decoded.nonce) === entry) own.delete(entry.decoded.nonce)
    if (own?.size === 0) senders.delete(entry.from)
  }

  const add = (entry: PoolEntry): void => {
    const replaced = senders.get(entry.from)?.get(entry.decoded.nonce)
    if (replaced !== undefined) remove(replaced.hash)
    const own = senders.get(entry.from) ?? new Map<bigint, PoolEntry>()
    if (byHash.size >= limits.poolSize) throw rpcError('poolFull')
    if (own.size >= limits.poolPerSender) throw rpcError('poolFull', `${own.size} transactions of ${entry.from} wait`)
    own.set(entry.decoded.nonce, entry)
    senders.set(entry.from, own)
    byHash.set(entry.hash, entry)
  }

  return {
    get size() {
      return byHash.size
    },
    get: (hash) => byHash.get(hash),
    bySender: (sender) => senders.get(sender) ?? none,
    add,
    remove,
    pendingNonce(sender, nonce) {
      const own = senders.get(sender)
      if (own === undefined) return nonce
      let next = nonce
      while (own.has(next)) next++
      return next
    },
    expire(now) {
      for (const entry of byHash.values()) {
        if (now - entry.addedAt < limits.poolExpiry) break
        remove(entry.hash)
      }
    },
    entries: () => byHash.values(),
    queuedSenders: () => [
      ...new Set([...byHash.values()].filter((entry) => entry.stage === 'queued').map((entry) => entry.from)),
    ],
  }
}
