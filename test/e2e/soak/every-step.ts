import { startArena } from '../support/arena/arena.ts'
import { everyStepAccounts, postEveryStep } from '../support/arena/every-step.ts'
import { prefunded } from '../support/arena/fill.ts'
import { firstSteps } from '../support/arena/find-step.ts'
import type { SoakOptions } from './disputes.ts'
import { type EachResult, playEach } from './play-each.ts'

/** A duel about the first step of every kind: instructions, micro-ops, precompiles. */
export async function everyStep(options: SoakOptions): Promise<EachResult> {
  const arena = await startArena({ prefunded, genesisAccounts: everyStepAccounts, fill: postEveryStep })
  try {
    const places = firstSteps(arena).map((place) => [place.op, place] as const)
    return await playEach(arena, places, options)
  } finally {
    await arena.rollup.close()
  }
}
