import { type L1Client, reading } from '@crema/l1'
import type { Address } from '@crema/protocol'
import type { Metrics, Readiness } from '@crema/service-kit'
import { formatEther } from 'viem'

/** What an account may stake without touching what its moves will cost. */
export interface Purse {
  /** Reads the balance; tells readiness and metrics. Throws `L1Error`. */
  refresh(): Promise<void>
  /** Wei that new stakes may use; 0 until the balance is known. */
  spendableWei(): bigint
}

export interface PurseOptions {
  readonly l1: L1Client
  readonly address: Address
  readonly minBalanceWei: bigint
  readonly readiness: Pick<Readiness, 'ready' | 'notReady'>
  readonly metrics: Pick<Metrics, 'declare'>
}

/** Creates the purse of an account. Part `balance` is not ready while less than the reserve is left. */
export function createPurse({ l1, address, minBalanceWei, readiness, metrics }: PurseOptions): Purse {
  const { missing } = metrics.declare({
    missing: {
      type: 'gauge',
      name: 'challenger_missing_gwei',
      help: 'Funds missing for the reserve that moves are paid from, gwei; 0 when it is there.',
    },
  })
  let spendable = 0n
  return {
    spendableWei: () => spendable,
    refresh: async () => {
      const balance = await reading('eth_getBalance', () => l1.getBalance({ address }))
      const left = balance - minBalanceWei
      spendable = left > 0n ? left : 0n
      missing.set(left < 0n ? Number(-left) / 1e9 : 0)
      if (left >= 0n) return readiness.ready('balance')
      const why = `the balance of ${formatEther(balance)} ether of ${address} is below the reserve of ${formatEther(minBalanceWei)}`
      readiness.notReady('balance', why)
    },
  }
}
