import type { Devnet } from '../devnet/devnet.ts'
import { until } from './until.ts'

type L1 = Pick<Devnet, 'anvil'>

/** A request to anvil beyond the standard methods. */
export function l1Request<T>({ anvil }: L1, method: string, ...params: readonly unknown[]): Promise<T> {
  return anvil.client.request({ method: method as never, params: params as never }) as Promise<T>
}

/** Stops the making of L1 blocks; what is sent waits in the pool. */
export async function pauseL1(devnet: L1): Promise<void> {
  await l1Request(devnet, 'evm_setIntervalMining', 0)
}

/** Goes on with L1 blocks at the network's pace. */
export async function resumeL1(devnet: L1 & Pick<Devnet, 'parameters'>): Promise<void> {
  await l1Request(devnet, 'evm_setIntervalMining', devnet.parameters.l1BlockTime)
}

/** Number of the newest L1 block. */
export async function l1Head({ anvil }: L1): Promise<bigint> {
  return (await anvil.client.getBlock({ blockTag: 'latest' })).number
}

/** Mines one L1 block once at least `count` transactions wait; for a paused L1. */
export async function mineWaiting(devnet: L1, count: number): Promise<void> {
  await until(`${count} waiting L1 transactions`, 30_000, async () => {
    const { pending } = await l1Request<{ readonly pending: string }>(devnet, 'txpool_status')
    return Number(pending) >= count ? true : undefined
  })
  await l1Request(devnet, 'evm_mine')
}

/** Mines an L1 block whenever something waits, until `done`; for a paused L1. What made it so stands in the newest block then. */
export async function mineUntil(devnet: L1, what: string, done: () => Promise<boolean>): Promise<void> {
  await until(what, 60_000, async () => {
    const { pending } = await l1Request<{ readonly pending: string }>(devnet, 'txpool_status')
    if (Number(pending) > 0) await l1Request(devnet, 'evm_mine')
    return (await done()) ? true : undefined
  })
}

/**
 * Reorganises a paused L1: takes back the blocks from `from` on with all that they held, forgets what waits, and mines one block
 * more than there were. Returns how many were taken back.
 */
export async function replaceL1(devnet: L1, from: bigint): Promise<number> {
  const depth = Number((await l1Head(devnet)) - from) + 1
  await l1Request(devnet, 'anvil_rollback', depth)
  await l1Request(devnet, 'anvil_dropAllTransactions')
  await l1Request(devnet, 'anvil_mine', `0x${(depth + 1).toString(16)}`)
  return depth
}
