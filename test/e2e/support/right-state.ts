import { type BlockState, blockStatus } from '@crema/protocol'
import type { Devnet } from '../devnet/devnet.ts'
import type { Clients } from './clients.ts'

/** The state of block `number` as an assertion that starts after block `start` must assert it, from what the RPC serves. */
export async function rightState(devnet: Devnet, clients: Clients, start: bigint, number: bigint): Promise<BlockState> {
  let gas = 0n
  for (let n = start + 1n; n <= number; n++) gas += (await clients.l2Public.getBlock({ blockNumber: n })).gasUsed
  const block = await clients.l2Public.getBlock({ blockNumber: number })
  return {
    number,
    blockHash: block.hash,
    stateRoot: block.stateRoot,
    withdrawalsRoot: block.withdrawalsRoot!,
    inboxCount: number - devnet.config.genesis.number,
    gasSinceAssertionStart: gas,
    status: blockStatus.assertionEnd,
  }
}
