import { assertionChainAbi } from '@crema/l1'
import { until } from '../../support/until.ts'
import type { Step } from '../journey.ts'

/** The proposer posts a state root that covers the block, with its stake. */
export const propose: Step = {
  title: 'the proposer asserts the state with a stake',
  run: async (journey) => {
    const { l1Public } = journey.clients
    const address = journey.devnet.config.l1Contracts.assertionChain
    const proposed = await until('an assertion that covers the block', 60_000, async () => {
      const events = await l1Public.getContractEvents({
        address,
        abi: assertionChainAbi,
        eventName: 'AssertionProposed',
        fromBlock: journey.devnet.config.l1StartBlock,
        strict: true,
      })
      return events.find(({ args }) => args.end.number >= journey.l2BlockNumber!)
    })
    journey.assertion = proposed.args.id
    journey.facts.assertion = proposed.args.id
    return `${proposed.args.id} ends at L2 block ${proposed.args.end.number}, stake ${journey.devnet.config.stake} wei`
  },
}
