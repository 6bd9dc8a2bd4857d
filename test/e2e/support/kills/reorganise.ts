import type { ForcedRollup } from '@crema/testing'
import { type Hex, parseTransaction } from 'viem'
import type { ServiceProcess } from '../../devnet/service-process.ts'
import { until } from '../until.ts'
import { agentStatusOf } from './honest-service.ts'

/** What becomes of a call whose block is taken back: it is lost, or stands in a later block of the other branch. */
export type Reorganisation = 'forgotten' | 'moved'

/** A service and the L1 under it. */
export interface StruckService extends Pick<ForcedRollup, 'l1' | 'rpc'> {
  readonly service: ServiceProcess
  /** Calldata over which it was struck. */
  readonly seen: Set<Hex>
}

/** Two blocks are not final yet: the deepest that can be taken back. */
const DEPTH = 2

/**
 * Lets a caught call into a block, waits until the service has seen it there with another on top, and takes both blocks back: with all they held, and with what waits. The other branch
 * is longer and, if the call is `moved`, holds it in another block. The L1 must be paused.
 */
export async function reorganiseUnder(
  { service, l1, rpc, seen }: StruckService,
  raw: Hex,
  reorganisation: Reorganisation,
): Promise<void> {
  await rpc('anvil_mine', '0x2')
  const { number } = await l1.getBlock()
  await until(`${service.spec.name} at L1 block ${number}`, 60_000, async () => {
    const { readToL1Block } = await agentStatusOf<{ readonly readToL1Block: string }>(service)
    return BigInt(readToL1Block) >= number || undefined
  })
  await rpc('anvil_rollback', DEPTH)
  await rpc('anvil_dropAllTransactions')
  await rpc('anvil_mine', '0x1')
  if (reorganisation === 'moved') await rpc('eth_sendRawTransaction', raw)
  await rpc('anvil_mine', `0x${DEPTH.toString(16)}`)
  seen.add(parseTransaction(raw).data!)
}
