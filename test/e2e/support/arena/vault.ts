import { type AccountStakes, bondVaultAbi, readAccountStakes, readPostedBonds } from '@crema/l1'
import type { Address } from '@crema/protocol'
import type { Arena } from './arena.ts'

/** All wei of the vault by what they are. */
export interface VaultTotals {
  readonly bonded: bigint
  readonly credit: bigint
  readonly burned: bigint
  readonly pots: bigint
  /** What the contract holds: all of the above, the burned ones too. */
  readonly balance: bigint
}

/** Reads the vault of stakes. */
export function vaultOf({ rollup, contracts }: Pick<Arena, 'rollup' | 'contracts'>) {
  const { l1, config } = rollup
  const vault = { address: contracts.bondVault, abi: bondVaultAbi } as const
  return {
    /** What an account has at stake and is owed. */
    async account(address: Address): Promise<AccountStakes> {
      const head = await l1.getBlockNumber()
      const posted = await readPostedBonds(l1, contracts, address, config.l1StartBlock, head)
      return readAccountStakes(
        l1,
        contracts,
        address,
        posted.map(({ id }) => id),
      )
    },
    async totals(): Promise<VaultTotals> {
      const [bonded, credit, burned, pots, balance] = await Promise.all([
        l1.readContract({ ...vault, functionName: 'totalBonded' }),
        l1.readContract({ ...vault, functionName: 'totalCredit' }),
        l1.readContract({ ...vault, functionName: 'totalBurned' }),
        l1.readContract({ ...vault, functionName: 'totalPots' }),
        l1.getBalance({ address: vault.address }),
      ])
      return { bonded, credit, burned, pots, balance }
    },
  }
}
