import { type Hash, type InboxLeaf, type LeafKind, leafKinds } from '@crema/protocol'
import { type Log, parseEventLogs } from 'viem'
import { decodeBatchData } from './batch-data.ts'
import type { L1Client } from './client.ts'
import { L1Error, reading } from './errors.ts'
import { inboxAbi } from './generated/Inbox.ts'

/** A leaf as L1 holds it, with the data that was posted for it. */
export interface L1Leaf {
  readonly index: bigint
  readonly leafHash: Hash
  readonly leaf: InboxLeaf
  readonly payload: Uint8Array
  /** Where the lane stands after it; undefined when forced: where it stood before. */
  readonly lane: { readonly laneHeight: bigint; readonly laneTip: Hash } | undefined
  readonly l1BlockNumber: bigint
  readonly l1BlockHash: Hash
  readonly l1TransactionHash: Hash
}

type PlacedLog = Log<bigint, number, false>

const parse = (logs: PlacedLog[]) =>
  parseEventLogs({ abi: inboxAbi, logs, eventName: ['LeafAppended', 'BatchAppended'], strict: true })
type Event = ReturnType<typeof parse>[number]
type LeafEvent = Extract<Event, { eventName: 'LeafAppended' }>
type BatchEvent = Extract<Event, { eventName: 'BatchAppended' }>

/**
 * The leaves that the Inbox's logs announce, with their payloads from the calldata of the batches. The calldata must hash to the
 * lane tip that the Inbox accepted. Throws `L1Error`.
 */
export async function leavesFromLogs(client: L1Client, lane: bigint, logs: PlacedLog[]): Promise<L1Leaf[]> {
  const leaves: L1Leaf[] = []
  let open: LeafEvent[] = []
  for (const event of parse(logs)) {
    if (event.eventName === 'BatchAppended') {
      leaves.push(...(await batchLeaves(client, lane, open, event)))
      open = []
    } else if (event.args.leaf.kind === leafKinds.forced) {
      leaves.push(toLeaf(event, new Uint8Array(0), undefined))
    } else {
      open.push(event)
    }
  }
  if (open.length > 0) {
    throw new L1Error('L1_BAD_RESPONSE', 'leaves without their batch', { details: { first: open[0]!.args.index } })
  }
  return leaves
}

async function batchLeaves(
  client: L1Client,
  lane: bigint,
  appended: LeafEvent[],
  batch: BatchEvent,
): Promise<L1Leaf[]> {
  const { transactionHash } = batch
  const transaction = await reading('eth_getTransactionByHash', () => client.getTransaction({ hash: transactionHash }))
  const posted = decodeBatchData(transaction.input, lane)
  // Blocks that were in already come first and made no leaf.
  const fresh = posted.slice(posted.length - appended.length)
  if (posted.length < appended.length || fresh.at(-1)?.laneTip !== batch.args.laneTip) {
    throw new L1Error('L1_BAD_RESPONSE', 'calldata does not give the batch that was appended', {
      details: { transactionHash, blocks: posted.length, leaves: appended.length },
    })
  }
  return appended.map((event, i) => toLeaf(event, fresh[i]!.payload, fresh[i]!))
}

function toLeaf(
  event: LeafEvent,
  payload: Uint8Array,
  lane: { laneHeight: bigint; laneTip: Hash } | undefined,
): L1Leaf {
  const { index, leafHash, leaf } = event.args
  return {
    index,
    leafHash,
    leaf: { ...leaf, kind: leaf.kind as LeafKind },
    payload,
    lane: lane === undefined ? undefined : { laneHeight: lane.laneHeight, laneTip: lane.laneTip },
    l1BlockNumber: event.blockNumber,
    l1BlockHash: event.blockHash,
    l1TransactionHash: event.transactionHash,
  }
}
