import { until } from '../../support/until.ts'
import type { Step } from '../journey.ts'

/** The node took the block from the sequencer and authenticates it against the commitment in the contract. */
export const authenticate: Step = {
  title: 'the node authenticates it against the contract',
  run: async ({ clients, l2BlockNumber }) => {
    const [safe, finalized] = [
      await until('the safe head', 30_000, () => reached('safe')),
      await until('the finalized head', 30_000, () => reached('finalized')),
    ]
    return `safe at ${safe}, finalized at ${finalized}`

    async function reached(blockTag: 'safe' | 'finalized'): Promise<bigint | undefined> {
      const { number } = await clients.l2Public.getBlock({ blockTag })
      return number >= l2BlockNumber! ? number : undefined
    }
  },
}
