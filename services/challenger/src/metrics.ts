import type { Metrics } from '@crema/service-kit'
import type { ChallengerDependencies } from './app.ts'

/** Declares the figures of judgements and returns what keeps them. */
export function createJudgementMetrics(
  metrics: Pick<Metrics, 'declare'>,
): Pick<ChallengerDependencies, 'onJudgement' | 'onLook'> {
  const declared = metrics.declare({
    judgements: { type: 'counter', name: 'judgements_total', help: 'Judgements of assertions.', labels: ['verdict'] },
    assertions: {
      type: 'gauge',
      name: 'assertions',
      help: 'Assertions on L1 by what this node thinks of them; disagree above 0 is an alarm.',
      labels: ['verdict'],
    },
    checked: { type: 'gauge', name: 'assertions_checked_l1_number', help: 'Last L1 block read for assertions.' },
  })
  return {
    onJudgement: ({ verdict }) => declared.judgements.inc({ verdict: verdict.verdict }),
    onLook: ({ counts, checkedToL1Block }) => {
      for (const [verdict, count] of Object.entries(counts)) declared.assertions.set({ verdict }, count)
      declared.checked.set(Number(checkedToL1Block))
    },
  }
}
