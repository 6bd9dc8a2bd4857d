import { serviceStatus } from '../../support/service-status.ts'
import { until } from '../../support/until.ts'
import type { Step } from '../journey.ts'
import type { ChallengerView } from './challenger-view.ts'

/** The challenger notices the assertion on L1. */
export const notice: Step = {
  title: 'the challenger notices',
  run: async ({ devnet }) => {
    const seen = await until('the challenger to see an assertion', 30_000, async () => {
      const { challenger } = await serviceStatus<ChallengerView>(devnet, 'challenger')
      const { agree, unknown, disagree } = challenger.counts
      return agree + unknown + disagree > 0 ? challenger : undefined
    })
    return `read L1 up to block ${seen.checkedToL1Block}`
  },
}
