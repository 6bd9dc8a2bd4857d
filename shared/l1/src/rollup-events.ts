import type { Deposit } from '@crema/protocol'
import type { Log } from 'viem'
import type { FollowedContracts } from './batch-data.ts'
import type { L1Client } from './client.ts'
import { depositsFromLogs } from './deposits-from-logs.ts'
import { L1Error, reading } from './errors.ts'
import { type L1Leaf, leavesFromLogs } from './leaves-from-logs.ts'

/** What a range of L1 blocks did to the rollup, in order. */
export interface RollupEvents {
  readonly deposits: readonly Deposit[]
  readonly leaves: readonly L1Leaf[]
}

export interface ReadRollupEventsOptions {
  readonly contracts: FollowedContracts
  readonly lane: bigint
  readonly fromBlock: bigint
  readonly toBlock: bigint
}

/**
 * Reads deposits and Inbox leaves of a range of L1 blocks. Every log belongs to the range; whether its block is still canonical is
 * the caller's to check. Throws `L1Error`.
 */
export async function readRollupEvents(client: L1Client, options: ReadRollupEventsOptions): Promise<RollupEvents> {
  const { contracts, lane, fromBlock, toBlock } = options
  const address = [contracts.inbox, contracts.portal]
  const logs: Log<bigint, number, false>[] = await reading('eth_getLogs', () =>
    client.getLogs({ address, fromBlock, toBlock }),
  )
  for (const { blockNumber, removed } of logs) {
    if (blockNumber === null || blockNumber < fromBlock || blockNumber > toBlock || removed) {
      throw new L1Error('L1_BAD_RESPONSE', 'log outside of the range asked for', {
        details: { blockNumber, fromBlock, toBlock },
      })
    }
  }
  const of = (contract: string) => logs.filter((log) => log.address.toLowerCase() === contract.toLowerCase())
  return {
    deposits: depositsFromLogs(of(contracts.portal)),
    leaves: await leavesFromLogs(client, lane, of(contracts.inbox)),
  }
}
