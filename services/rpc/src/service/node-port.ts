import type { PostedLeaf } from '@crema/chain-store'
import type { RollupNode } from '@crema/node'
import type { BatchRef, CallSimulator, ChainScans, RollupNodePort } from '../ports.ts'
import type { AssertionFollower } from './follow-assertions.ts'

/** What the node's port has done elsewhere than on the node's own thread. */
export interface Workers extends ChainScans {
  readonly call: CallSimulator['call']
}

/** The node as the server sees it; `workers` simulate calls and search the chain. */
export function nodePort(node: RollupNode, assertions: AssertionFollower, workers: Workers): RollupNodePort {
  const { store, config } = node
  const genesis = store.genesis().number
  return {
    chain: node.chain,
    simulator: { ...node.simulator, call: workers.call },
    scans: workers,
    config,
    status() {
      const { l1, heads, syncing, sequencer } = node.status()
      return { l1, heads, syncing, sequencer: { connected: sequencer.connected }, ...assertions.heads() }
    },
    onEvent: (listener) =>
      node.onEvent((event) => {
        if (event.type !== 'alarm') listener(event)
      }),
    batchForBlock(number) {
      const leaf = number > genesis ? store.leaf(number - genesis - 1n) : undefined
      // A soft block may stand where L1 has another leaf until the node has rolled it back.
      if (leaf === undefined || store.position(number)?.leafHash !== leaf.leafHash) return undefined
      return toBatch(leaf)
    },
    safeHeadAtL1Block(l1BlockNumber) {
      const l1 = store.l1BlockAtOrBelow(l1BlockNumber)
      const cursor = store.l1Cursor()
      if (l1 === undefined || cursor === undefined || l1BlockNumber > cursor.number) return undefined
      const count = leavesUpTo(store, l1BlockNumber)
      const header = store.headerByNumber(genesis + count)
      if (header === undefined) return undefined
      return { l1: { number: l1.number, hash: l1.hash }, safeHead: { number: header.number, hash: header.hash } }
    },
    assertions: (limit) => assertions.newest(limit),
  }
}

function toBatch(posted: PostedLeaf): BatchRef {
  return {
    leafIndex: posted.index,
    kind: posted.leaf.kind === 0 ? 'ordered' : 'forced',
    sequencerHeight: posted.leaf.sequencerHeight,
    l1BlockNumber: posted.l1BlockNumber,
    l1BlockHash: posted.l1BlockHash,
    l1TransactionHash: posted.l1TransactionHash,
  }
}

/** Number of leaves in L1 blocks up to `l1BlockNumber`; leaves stand in the order of L1. */
function leavesUpTo(store: RollupNode['store'], l1BlockNumber: bigint): bigint {
  let low = 0n
  let high = store.leafCount()
  while (low < high) {
    const middle = (low + high) / 2n
    if (store.leaf(middle)!.l1BlockNumber <= l1BlockNumber) low = middle + 1n
    else high = middle
  }
  return low
}
