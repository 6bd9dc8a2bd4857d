import { startArena } from '../support/arena/arena.ts'
import { heaviestArena, heaviestSteps, heavyPrecompiles, postHeaviest } from '../support/arena/heaviest-steps.ts'
import type { SoakOptions } from './disputes.ts'
import { type EachResult, playEach } from './play-each.ts'

/** A duel about each of the heaviest steps, then one about the dearest call of each precompile, which takes long to execute and so has a chain of its own. */
export async function heaviest({ seconds, say }: SoakOptions): Promise<EachResult> {
  const until = Date.now() + seconds * 1_000
  let sum = await heaviestWith([], () => true)
  for (const name of heavyPrecompiles) {
    const one = await heaviestWith([name], (step) => step.startsWith('precompile'))
    sum = {
      ok: sum.ok && one.ok,
      kinds: sum.kinds + one.kinds,
      decided: sum.decided + one.decided,
      wrongOutcomes: [...sum.wrongOutcomes, ...one.wrongOutcomes],
      mostGas: Math.max(sum.mostGas, one.mostGas),
      mostBytes: Math.max(sum.mostBytes, one.mostBytes),
    }
  }
  return sum

  async function heaviestWith(
    precompiles: readonly string[],
    isWanted: (step: string) => boolean,
  ): Promise<EachResult> {
    const arena = await startArena({ ...heaviestArena, fill: (rollup) => postHeaviest(rollup, precompiles) })
    try {
      const places = [...heaviestSteps(arena, precompiles)].filter(([name]) => isWanted(name))
      return await playEach(arena, places, { seconds: (until - Date.now()) / 1_000, say })
    } finally {
      await arena.rollup.close()
    }
  }
}
