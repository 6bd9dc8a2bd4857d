import type { FollowedContracts } from './batch-data.ts'
import type { L1Client } from './client.ts'
import { reading } from './errors.ts'
import { inboxAbi } from './generated/Inbox.ts'
import { portalAbi } from './generated/Portal.ts'

/** How many deposits and leaves L1 holds. */
export interface RollupCounts {
  readonly deposits: bigint
  readonly leaves: bigint
}

/** The counts that the contracts state after an L1 block. Throws `L1Error`; also when the endpoint keeps no state of that block. */
export async function readRollupCounts(
  client: L1Client,
  { inbox, portal }: FollowedContracts,
  blockNumber: bigint,
): Promise<RollupCounts> {
  const [leaves, deposits] = await reading('counts of leaves and deposits', () =>
    Promise.all([
      client.readContract({ address: inbox, abi: inboxAbi, functionName: 'count', blockNumber }),
      client.readContract({ address: portal, abi: portalAbi, functionName: 'depositCount', blockNumber }),
    ]),
  )
  return { deposits, leaves }
}
