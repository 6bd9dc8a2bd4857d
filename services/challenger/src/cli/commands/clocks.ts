import type { ChallengerConfig } from '../../config.ts'
import { readL1View } from '../l1-view.ts'
import { clockOf, pairsOf } from '../pairs.ts'

/** Everything that runs out, the next first: clocks of duels, and windows of parents whose children are undecided. */
export async function clocks(config: ChallengerConfig) {
  const { states } = await readL1View(config)
  const rows = states.flatMap((state) => {
    const now = state.block.timestamp
    if (!state.assertions.some(({ fate }) => fate === 'pending')) return []
    const duels = pairsOf(state).flatMap((pair) => {
      const clock = clockOf(pair, now)
      if (clock === undefined) return []
      return [{ what: `${clock.side} to move`, ...clock, of: pair.duel.id }]
    })
    const { firstChildAt, firstRivalAt } = state.parent
    const window = (what: string, opened: bigint) => {
      const deadline = opened + state.contracts.challengePeriod
      return opened === 0n || deadline < now
        ? []
        : [{ what, deadline, secondsLeft: deadline - now, of: state.parentId }]
    }
    return [
      ...duels.map(({ what, deadline, secondsLeft, of }) => ({ what, deadline, secondsLeft, of })),
      ...window('rivals may be proposed and joined', firstChildAt),
      ...window('the first child may be joined', firstRivalAt),
    ]
  })
  return rows.sort((a, b) => Number(a.deadline - b.deadline))
}
