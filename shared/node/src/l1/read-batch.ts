import type { L1Batch, L1BlockRow, PostedLeaf } from '@crema/chain-store'
import { L1Error, type L1Leaf, readL1Block, readRollupEvents } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import type { NodeContext } from '../context.ts'
import { checkComplete } from './check-complete.ts'

/** Blocks below the head that are stored one by one, so that the usual reorganisation costs no search. */
const DENSE = 64n

/**
 * Reads what the next L1 blocks up to `head` brought, at most `settings.l1Range` of them. Everything in the result belongs to one
 * chain: logs and blocks are compared by hash; and at the head nothing is missing: logs are compared with the contracts' counts.
 * Throws `L1Error`, retryable when L1 moved meanwhile.
 */
export async function readNextBatch(context: NodeContext, head: bigint): Promise<L1Batch | undefined> {
  const { config, l1, store, settings } = context
  const cursor = store.l1Cursor()
  if (cursor === undefined) return { blocks: [await blockAt(context, config.l1StartBlock)], deposits: [], leaves: [] }
  const fromBlock = cursor.number + 1n
  const last = cursor.number + settings.l1Range
  const toBlock = head < last ? head : last
  if (toBlock < fromBlock) return undefined
  const end = await blockAt(context, toBlock)
  const events = await readRollupEvents(l1, {
    contracts: config.l1Contracts,
    lane: config.l2.chainId,
    fromBlock,
    toBlock,
  })
  const numbers = new Set([toBlock])
  for (const { l1BlockNumber } of [...events.deposits, ...events.leaves]) numbers.add(l1BlockNumber)
  for (let n = head > DENSE ? head - DENSE : 0n; n < toBlock; n++) if (n >= fromBlock) numbers.add(n)
  const blocks = new Map<bigint, L1BlockRow>()
  for (const number of [...numbers].sort((a, b) => (a < b ? -1 : 1))) {
    blocks.set(number, number === toBlock ? end : await blockAt(context, number))
  }
  for (const event of [...events.deposits, ...events.leaves]) {
    checkHash(blocks.get(event.l1BlockNumber)!.hash, event.l1BlockHash, event.l1BlockNumber)
  }
  await checkComplete(context, events, toBlock === head ? toBlock : undefined)
  checkHash((await blockAt(context, toBlock)).hash, end.hash, toBlock)
  return { blocks: [...blocks.values()], deposits: events.deposits, leaves: withLanes(context, events.leaves) }
}

async function blockAt(context: NodeContext, number: bigint): Promise<L1BlockRow> {
  const block = await readL1Block(context.l1, { number })
  if (block === undefined) throw new L1Error('L1_INCONSISTENT', `L1 does not know block ${number} any more`)
  return block
}

function checkHash(actual: Hash, expected: Hash, number: bigint): void {
  if (actual !== expected) {
    throw new L1Error('L1_INCONSISTENT', `L1 block ${number} changed while it was read`, {
      details: { actual, expected },
    })
  }
}

/** A forced leaf leaves the lane where the leaf before it put it. */
function withLanes(context: NodeContext, leaves: readonly L1Leaf[]): PostedLeaf[] {
  const { store } = context
  const count = store.leafCount()
  const before = count === 0n ? undefined : store.leaf(count - 1n)
  let lane = before ?? store.position(store.genesis().number)!
  return leaves.map((leaf) => {
    const { laneHeight, laneTip } = leaf.lane ?? lane
    lane = { ...lane, laneHeight, laneTip }
    return {
      index: leaf.index,
      leafHash: leaf.leafHash,
      leaf: leaf.leaf,
      payload: leaf.payload,
      laneHeight,
      laneTip,
      l1BlockNumber: leaf.l1BlockNumber,
      l1BlockHash: leaf.l1BlockHash,
      l1TransactionHash: leaf.l1TransactionHash,
    }
  })
}
