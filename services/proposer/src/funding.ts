import { offeredGasPriceWei, reserveWei } from '@crema/dispute'
import { reading, readL1Block } from '@crema/l1'
import { formatEther } from 'viem'
import type { ProposerDependencies } from './ports.ts'

/** Gas of an assertion with a new bond (contracts/snapshots/bridge.json: 636,013) with the transaction manager's margin. */
const PROPOSE_GAS = 800_000n

/** Whether the account can pay for an assertion now, and for a duel about it. Wei. */
export interface Funding {
  readonly balanceWei: bigint
  readonly neededWei: bigint
}

/** Compares the balance with the stake that must be sent, its gas, and the reserve for the first duel. Throws `L1Error`. */
export async function readFunding(
  { l1, tx, settings }: Pick<ProposerDependencies, 'l1' | 'tx' | 'settings'>,
  stakeWei: bigint,
): Promise<Funding> {
  const [balanceWei, head] = await Promise.all([
    reading('eth_getBalance', () => l1.getBalance({ address: tx.address })),
    readL1Block(l1, { tag: 'latest' }),
  ])
  const baseFee = head?.baseFee ?? 0n
  const gasWei = PROPOSE_GAS * offeredGasPriceWei(baseFee, settings)
  return { balanceWei, neededWei: stakeWei + gasWei + reserveWei(settings, baseFee, 1) }
}

/**
 * Tells readiness, metrics and, once, the log whether an assertion can be paid for. Returns why not, or undefined when it can: an intent that nobody
 * can pay would only stand in the way of those that bring the stake home, and a stake without the reserve is lost to whoever plays it to the proof.
 */
export function tellFunding(
  { readiness, metrics, logger }: Pick<ProposerDependencies, 'readiness' | 'metrics' | 'logger'>,
  { balanceWei, neededWei }: Funding,
): string | undefined {
  const missing = neededWei - balanceWei
  metrics.missing(missing > 0n ? missing : 0n)
  if (missing <= 0n) {
    readiness.ready('stake')
    return undefined
  }
  const why = `the balance of ${formatEther(balanceWei)} ether is below the ${formatEther(neededWei)} that stake, gas and the reserve for a duel ask for: ${missing} wei are missing`
  const isNews = readiness.notReady('stake', why)
  if (isNews) logger.error({ balanceWei, neededWei, missingWei: missing }, `nothing is proposed: ${why}`)
  return why
}
