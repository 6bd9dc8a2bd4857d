import type { Devnet } from '../devnet/devnet.ts'
import type { Clients } from './clients.ts'
import { until } from './until.ts'

/** Waits until a deposit of the given L1 block may be forced in. */
export async function forceDelayOver({ config }: Devnet, { l1Public }: Clients, blockNumber: bigint): Promise<void> {
  const { timestamp } = await l1Public.getBlock({ blockNumber })
  await until('the force delay', Number(config.forceDelay) * 1_000 + 30_000, async () =>
    (await l1Public.getBlock()).timestamp > timestamp + config.forceDelay ? true : undefined,
  )
}
