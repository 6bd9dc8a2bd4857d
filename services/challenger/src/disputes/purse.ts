import { type ReserveRules, reserveWei } from '@crema/dispute'
import { type L1Client, reading, readL1Block } from '@crema/l1'
import type { Address } from '@crema/protocol'
import type { Logger, Metrics, Readiness } from '@crema/service-kit'
import { formatEther } from 'viem'

/** What an account may stake without touching what its moves will cost. */
export interface Purse {
  /** Reads the balance and the base fee; tells readiness, metrics and, once, the log. Throws `L1Error`. */
  refresh(): Promise<void>
  /** Wei that new stakes may use; 0 until the balance is known. */
  spendableWei(): bigint
}

export interface PurseOptions {
  readonly l1: L1Client
  readonly address: Address
  readonly rules: ReserveRules
  /** Commitments alive against us. */
  readonly opponents: () => number
  /** Wei that the next dispute takes as a stake; 0 while one stands. */
  readonly nextStakeWei: () => bigint
  readonly readiness: Pick<Readiness, 'ready' | 'notReady'>
  readonly metrics: Pick<Metrics, 'declare'>
  readonly logger: Logger
}

/** Creates the purse of an account. Part `balance` is not ready while less is left than the moves against all opponents and the next stake take. */
export function createPurse(options: PurseOptions): Purse {
  const { l1, address, rules, opponents, nextStakeWei, readiness, metrics, logger } = options
  const { missing } = metrics.declare({
    missing: {
      type: 'gauge',
      name: 'challenger_missing_gwei',
      help: 'Funds missing for the next stake and the reserve that moves are paid from, gwei; 0 when they are there.',
    },
  })
  let spendable = 0n
  return {
    spendableWei: () => spendable,
    refresh: async () => {
      const [balanceWei, head] = await Promise.all([
        reading('eth_getBalance', () => l1.getBalance({ address })),
        readL1Block(l1, { tag: 'latest' }),
      ])
      const reserve = reserveWei(rules, head?.baseFee ?? 0n, opponents())
      spendable = balanceWei > reserve ? balanceWei - reserve : 0n
      const neededWei = reserve + nextStakeWei()
      const missingWei = neededWei > balanceWei ? neededWei - balanceWei : 0n
      missing.set(Number(missingWei) / 1e9)
      if (missingWei === 0n) return readiness.ready('balance')
      const why = `the balance of ${formatEther(balanceWei)} ether of ${address} is below the ${formatEther(neededWei)} that the next stake and the reserve for duels with ${opponents()} opponents ask for: ${missingWei} wei are missing`
      if (!readiness.notReady('balance', why)) return
      logger.error({ balanceWei, neededWei, reserveWei: reserve, missingWei }, `funds are missing: ${why}`)
    },
  }
}
