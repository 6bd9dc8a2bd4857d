import { inboxAbi } from '@crema/l1'
import type { Devnet } from '../devnet/devnet.ts'
import { until } from './until.ts'

/** Newest lane height that the sequencer ordered. */
export async function orderedHeight({ urls, config }: Devnet): Promise<bigint> {
  const response = await fetch(`${urls.sequencer}/v1/lanes/${config.l2.chainId}`)
  return BigInt(((await response.json()) as { readonly laneHeight: string }).laneHeight)
}

/** Lane height that the Inbox consumed, and its leaves. */
export async function inboxPosition({ anvil, config }: Devnet): Promise<{ laneHeight: bigint; leaves: bigint }> {
  const contract = { address: config.l1Contracts.inbox, abi: inboxAbi } as const
  const { number: blockNumber } = await anvil.client.getBlock({ blockTag: 'latest' })
  const [[, laneHeight], leaves] = await Promise.all([
    anvil.client.readContract({ ...contract, functionName: 'lanePosition', blockNumber }),
    anvil.client.readContract({ ...contract, functionName: 'count', blockNumber }),
  ])
  return { laneHeight, leaves }
}

/** Waits until the Inbox holds every block of the lane, each exactly once; for networks without forced leaves. */
export async function everythingPosted(devnet: Devnet, timeoutMs = 60_000): Promise<bigint> {
  return until('every lane block to be posted once', timeoutMs, async () => {
    const ordered = await orderedHeight(devnet)
    const { laneHeight, leaves } = await inboxPosition(devnet)
    if (leaves !== laneHeight) throw new Error(`${leaves} leaves for ${laneHeight} lane blocks`)
    return laneHeight >= ordered ? laneHeight : undefined
  })
}
