import { assertionChainAbi } from '@crema/l1'
import { until } from '../../support/until.ts'
import type { Step } from '../journey.ts'

/** Nobody rivals a right assertion: after the real challenge period it is confirmed. */
export const settle: Step = {
  title: 'the challenge period passes and the assertion is confirmed',
  run: async ({ devnet, clients, assertion }) => {
    const { assertionChain } = devnet.config.l1Contracts
    const stored = await until('the confirmation', 120_000, async () => {
      const now = await clients.l1Public.readContract({
        address: assertionChain,
        abi: assertionChainAbi,
        functionName: 'assertion',
        args: [assertion!],
      })
      return now.status === 2 ? now : undefined
    })
    const { timestamp } = await clients.l1Public.getBlock()
    if (timestamp < stored.createdAt + devnet.config.challengePeriod) throw new Error('confirmed too early')
    return `confirmed ${timestamp - stored.createdAt} s after it was made`
  },
}
