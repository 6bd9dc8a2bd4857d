import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ChainStore } from '@crema/chain-store'
import { appendToFrontier, emptyFrontier, type Frontier, frontierRoot, type Hash } from '@crema/protocol'

/** Leaves hashed before other work gets its turn. */
const TURN = 256
/** Trees remembered. */
const REMEMBERED = 64

/** Roots of the Inbox over the leaves that this node read from L1 itself. */
export interface OwnInboxRoots {
  /** The root over the first `count` leaves; undefined while the node has not read as many, or when they changed meanwhile. */
  at(count: bigint): Promise<Hash | undefined>
}

interface Grown {
  readonly frontier: Frontier
  readonly root: Hash
  /** L1 block of the last leaf: it commits to all of L1 before it, and thereby to every leaf of the tree. */
  readonly l1BlockHash: Hash
}

/** Creates the roots of a node's store. Trees grow from the newest remembered one that still holds. */
export function createOwnInboxRoots(store: Pick<ChainStore, 'leaf' | 'leafCount'>): OwnInboxRoots {
  /** By count, oldest first. */
  const grown = new Map<number, Grown>()
  const lastBlock = (count: number): Hash | undefined => store.leaf(BigInt(count) - 1n)?.l1BlockHash

  function nearest(count: number): Frontier {
    let best = emptyFrontier
    for (const [at, { frontier, l1BlockHash }] of grown) {
      if (lastBlock(at) !== l1BlockHash) grown.delete(at)
      else if (at <= count && at > best.count) best = frontier
    }
    return best
  }

  async function grow(count: number, l1BlockHash: Hash): Promise<Frontier | undefined> {
    let frontier = nearest(count)
    while (frontier.count < count) {
      if (frontier.count % TURN === 0) {
        await nextTurn()
        // The node goes on meanwhile, and may follow another fork now.
        if (lastBlock(count) !== l1BlockHash) return undefined
      }
      const leaf = store.leaf(BigInt(frontier.count))
      if (leaf === undefined) return undefined
      frontier = appendToFrontier(frontier, leaf.leafHash)
    }
    return frontier
  }

  return {
    at: async (wanted) => {
      const count = Number(wanted)
      if (count === 0) return frontierRoot(emptyFrontier)
      const l1BlockHash = store.leafCount() < wanted ? undefined : lastBlock(count)
      if (l1BlockHash === undefined) return undefined
      const known = grown.get(count)
      if (known?.l1BlockHash === l1BlockHash) return known.root
      const frontier = await grow(count, l1BlockHash)
      if (frontier === undefined) return undefined
      const root = frontierRoot(frontier)
      grown.set(count, { frontier, root, l1BlockHash })
      for (const oldest of grown.keys()) {
        if (grown.size <= REMEMBERED) break
        grown.delete(oldest)
      }
      return root
    },
  }
}
