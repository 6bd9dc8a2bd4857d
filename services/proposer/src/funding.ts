import { reading, readL1Block } from '@crema/l1'
import { formatEther } from 'viem'
import type { ProposerDependencies } from './ports.ts'

/** Gas of an assertion with a new bond (contracts/snapshots/bridge.json: 600,240) with the transaction manager's margin. */
const PROPOSE_GAS = 800_000n
/** Least tip that the transaction manager offers, wei per gas. */
const TIP = 1_000_000_000n

/** Whether the account can pay for an assertion now. Wei. */
export interface Funding {
  readonly balanceWei: bigint
  readonly neededWei: bigint
}

/** Compares the balance with the stake that must be sent and a reserve for gas at twice the base fee. Throws `L1Error`. */
export async function readFunding({ l1, tx }: ProposerDependencies, stakeWei: bigint): Promise<Funding> {
  const [balanceWei, head] = await Promise.all([
    reading('eth_getBalance', () => l1.getBalance({ address: tx.address })),
    readL1Block(l1, { tag: 'latest' }),
  ])
  return { balanceWei, neededWei: stakeWei + PROPOSE_GAS * (2n * (head?.baseFee ?? 0n) + TIP) }
}

/**
 * Tells readiness and metrics whether an assertion can be paid for. Returns why not, or undefined when it can: an intent that nobody
 * can pay would only stand in the way of those that bring the stake home.
 */
export function tellFunding(
  { readiness, metrics }: ProposerDependencies,
  { balanceWei, neededWei }: Funding,
): string | undefined {
  const missing = neededWei - balanceWei
  metrics.missing(missing > 0n ? missing : 0n)
  if (missing <= 0n) {
    readiness.ready('stake')
    return undefined
  }
  const why = `the balance of ${formatEther(balanceWei)} ether is below the ${formatEther(neededWei)} that stake and gas ask for`
  readiness.notReady('stake', why)
  return why
}
