import { assertionChainAbi, bondVaultAbi, disputeManagerAbi } from '@crema/l1'
import type { Address } from '@crema/protocol'
import type { ForcedRollup } from '@crema/testing'
import { decodeFunctionData, type Hex } from 'viem'

/** Transactions of an account that L1 holds. */
export interface SentCalls {
  /** Names of the functions called, in order. */
  readonly calls: readonly string[]
  /** Calls with the very same contents as an earlier one that succeeded: work that was paid for twice. `claim` is none: it takes whatever there is. */
  readonly repeated: readonly string[]
  /** Calls that L1 refused. */
  readonly reverted: readonly string[]
}

/** Reads all blocks of the rollup for what an account sent. */
export async function sentCalls({ l1, config }: ForcedRollup, address: Address): Promise<SentCalls> {
  const [calls, repeated, reverted]: [string[], string[], string[]] = [[], [], []]
  const done = new Set<Hex>()
  const head = await l1.getBlockNumber()
  for (let blockNumber = config.l1StartBlock; blockNumber <= head; blockNumber++) {
    const { transactions } = await l1.getBlock({ blockNumber, includeTransactions: true })
    for (const { hash, from, input } of transactions) {
      if (from.toLowerCase() !== address.toLowerCase()) continue
      const { functionName } = decodeFunctionData({ abi, data: input })
      calls.push(functionName)
      const { status } = await l1.getTransactionReceipt({ hash })
      if (status === 'reverted') reverted.push(functionName)
      else if (done.has(input) && functionName !== 'claim') repeated.push(functionName)
      else done.add(input)
    }
  }
  return { calls, repeated, reverted }
}

const abi = [...assertionChainAbi, ...disputeManagerAbi, ...bondVaultAbi]
