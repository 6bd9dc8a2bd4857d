import { assertionChainAbi, bondVaultAbi, disputeManagerAbi } from '@crema/l1'
import { decodeFunctionData } from 'viem'
import type { Arena } from '../support/arena/arena.ts'

/** A transaction to the contracts of a dispute. */
export interface L1Transaction {
  readonly by: string
  readonly call: string
  readonly gasUsed: bigint
  readonly feeWei: bigint
  readonly bytes: number
}

const abi = [...assertionChainAbi, ...disputeManagerAbi, ...bondVaultAbi]

/** Every successful transaction of the named accounts to the contracts, in order. */
export async function readTransactions(
  { rollup, contracts }: Arena,
  names: Readonly<Record<string, string>>,
): Promise<L1Transaction[]> {
  const { l1, config } = rollup
  const targets = new Set(Object.values(contracts).map((address) => address.toLowerCase()))
  const found: L1Transaction[] = []
  const head = await l1.getBlockNumber()
  for (let blockNumber = config.l1StartBlock; blockNumber <= head; blockNumber++) {
    const { transactions } = await l1.getBlock({ blockNumber, includeTransactions: true })
    for (const { hash, from, to, input } of transactions) {
      const by = names[from]
      if (by === undefined || to === null || !targets.has(to.toLowerCase())) continue
      const { gasUsed, effectiveGasPrice, status } = await l1.getTransactionReceipt({ hash })
      if (status !== 'success') continue
      const { functionName } = decodeFunctionData({ abi, data: input })
      const feeWei = gasUsed * effectiveGasPrice
      found.push({ by, call: functionName, gasUsed, feeWei, bytes: input.length / 2 - 1 })
    }
  }
  return found
}
