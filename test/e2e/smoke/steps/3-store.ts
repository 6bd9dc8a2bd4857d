import { inboxAbi } from '@crema/l1'
import { until } from '../../support/until.ts'
import type { Step } from '../journey.ts'

/** The block's data and certificate land in the rollup contract. */
export const store: Step = {
  title: 'the rollup contract stores the block',
  run: async (journey) => {
    const { l1Public, l2Public } = journey.clients
    const receipt = await l2Public.waitForTransactionReceipt({ hash: journey.transaction!, timeout: 10_000 })
    journey.l2BlockNumber = receipt.blockNumber
    const index = receipt.blockNumber - journey.devnet.config.genesis.number - 1n
    const count = await until('the leaf', 30_000, async () => {
      const now = await l1Public.readContract({
        address: journey.devnet.config.l1Contracts.inbox,
        abi: inboxAbi,
        functionName: 'count',
      })
      return now > index ? now : undefined
    })
    journey.leafIndex = index
    return `leaf ${index} of ${count} is L2 block ${receipt.blockNumber}`
  },
}
