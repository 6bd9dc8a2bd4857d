import type { ChainStore } from '@crema/chain-store'
import { depositHash } from '@crema/protocol'
import type { StoredLeaves } from './stored-tree.ts'

/** The Inbox's leaves as a node read them from L1. */
export function inboxLeaves(store: ChainStore): StoredLeaves {
  return {
    count: () => Number(store.leafCount()),
    hashes: (start, end) => store.leafHashes(BigInt(start), BigInt(end)),
    mark: (index) => store.leaf(BigInt(index))?.l1BlockHash,
  }
}

/** The leaves of the Portal's deposit tree, from the deposits that a node read from L1. */
export function depositLeaves(store: ChainStore): StoredLeaves {
  return {
    count: () => Number(store.depositCount()),
    hashes: (start, end) => store.deposits(BigInt(start), BigInt(end)).map(depositHash),
    mark(index) {
      const at = BigInt(index)
      return at < store.depositCount() ? store.deposits(at, at + 1n)[0]?.l1BlockHash : undefined
    },
  }
}
