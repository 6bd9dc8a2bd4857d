import { inboxAbi, type L1Client, portalAbi } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import type { InboxSetup } from './inbox-setup.ts'

/** Where the Inbox stands at one L1 block. */
export interface InboxView {
  readonly blockNumber: bigint
  /** Seconds, of that block. */
  readonly timestamp: bigint
  readonly laneTip: Hash
  readonly laneHeight: bigint
  /** Origin of the last leaf. */
  readonly originNumber: bigint
  /** Next deposit that a leaf carries. */
  readonly depositEnd: bigint
  readonly depositCount: bigint
}

/** Reads it at the newest L1 block. @throws viem's errors. */
export async function readInboxView(client: L1Client, { inbox, depositQueue }: InboxSetup): Promise<InboxView> {
  const { number: blockNumber, timestamp } = await client.getBlock({ blockTag: 'latest' })
  const contract = { address: inbox, abi: inboxAbi, blockNumber } as const
  const [[laneTip, laneHeight], [, origin, depositEnd], depositCount] = await Promise.all([
    client.readContract({ ...contract, functionName: 'lanePosition' }),
    client.readContract({ ...contract, functionName: 'lastLeaf' }),
    client.readContract({ address: depositQueue, abi: portalAbi, functionName: 'depositCount', blockNumber }),
  ])
  return { blockNumber, timestamp, laneTip, laneHeight, originNumber: origin.number, depositEnd, depositCount }
}
