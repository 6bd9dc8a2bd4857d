import { serviceStatus } from '../../support/service-status.ts'
import { until } from '../../support/until.ts'
import type { Step } from '../journey.ts'
import type { ChallengerView } from './challenger-view.ts'

/** The challenger fetched the data, executed it on its own node and compares. */
export const recompute: Step = {
  title: 'the challenger recomputes',
  run: async ({ devnet, l2BlockNumber }) => {
    const counts = await until('a verdict', 60_000, async () => {
      const { challenger } = await serviceStatus<ChallengerView>(devnet, 'challenger')
      if (challenger.counts.disagree > 0) throw new Error(JSON.stringify(challenger.judgements))
      const agreed = challenger.judgements.find(({ verdict }) => verdict === 'agree')
      return agreed !== undefined && BigInt(agreed.number) >= l2BlockNumber! ? challenger.counts : undefined
    })
    return `agrees with ${counts.agree}, disagrees with ${counts.disagree}`
  },
}
