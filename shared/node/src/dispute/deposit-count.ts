import type { ChainStore, PostedLeaf } from '@crema/chain-store'
import { EvidenceError } from './errors.ts'
import { createRecent } from './recent.ts'
import type { StoredTree } from './stored-tree.ts'

/** Leaves whose count is remembered. */
const REMEMBERED = 4_096

/** How many deposits there were when a leaf was appended. */
export interface DepositCounts {
  /**
   * Number of deposits whose tree has the leaf's deposit root: those of earlier L1 blocks, and the first so many of the leaf's own L1 block. Throws
   * {@link EvidenceError} `OTHER_DEPOSITS`.
   */
  of(posted: PostedLeaf): number
}

/** Counts over the stored deposits, whose tree must be read. */
export function createDepositCounts(store: ChainStore, tree: StoredTree): DepositCounts {
  const known = createRecent<number>(REMEMBERED)

  /** Deposits made before L1 block `block`; by halving, since they stand in L1's order. */
  function before(block: bigint): number {
    let low = 0n
    let high = store.depositCount()
    while (low < high) {
      const middle = (low + high) / 2n
      if (store.deposits(middle, middle + 1n)[0]!.l1BlockNumber < block) low = middle + 1n
      else high = middle
    }
    return Number(low)
  }

  function search({ index, leaf, l1BlockNumber }: PostedLeaf): number {
    const least = Math.max(before(l1BlockNumber), Number(leaf.depositEnd))
    for (let count = before(l1BlockNumber + 1n); count >= least; count--) {
      if (tree.root(count) === leaf.depositRoot) return count
    }
    throw new EvidenceError('OTHER_DEPOSITS', `the stored deposits have not the root that leaf ${index} names`, {
      details: { index, depositRoot: leaf.depositRoot, depositEnd: leaf.depositEnd, stored: store.depositCount() },
      retryable: true,
    })
  }

  return { of: (posted) => known.get(`${posted.l1BlockHash} ${posted.leaf.depositRoot}`, () => search(posted)) }
}
