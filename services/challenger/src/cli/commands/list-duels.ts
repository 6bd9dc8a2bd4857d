import type { ChallengerConfig } from '../../config.ts'
import { readL1View } from '../l1-view.ts'
import { clockOf, pairsOf } from '../pairs.ts'

/** Every pair of commitments on different children of one parent, started or not. */
export async function listDuels(config: ChallengerConfig) {
  const { states } = await readL1View(config)
  return states.flatMap((state) =>
    pairsOf(state).map((pair) => {
      const { duel, older, newer } = pair
      const clock = clockOf(pair, state.block.timestamp)
      const out = [older, newer].flatMap(({ wasEliminated }, side) => (wasEliminated ? [sides[side]] : []))
      return {
        older: duel.older,
        newer: duel.newer,
        status: duel.status,
        depth: duel.depth,
        toMove: clock?.side,
        secondsLeft: clock?.secondsLeft,
        eliminated: out.join(' and ') || undefined,
      }
    }),
  )
}

const sides = ['older', 'newer'] as const
