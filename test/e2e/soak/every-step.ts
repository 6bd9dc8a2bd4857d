import { startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { decideDuel, takenBack } from '../support/arena/decide.ts'
import { everyStepAccounts, postEveryStep } from '../support/arena/every-step.ts'
import { prefunded } from '../support/arena/fill.ts'
import { firstSteps } from '../support/arena/find-step.ts'
import { commitmentOf } from '../support/arena/play.ts'
import type { SoakOptions } from './disputes.ts'

const [HONEST, LIAR] = [10, 11] as const

export interface EveryStepResult {
  readonly ok: boolean
  /** Kinds of steps: instructions, micro-ops, precompiles. */
  readonly kinds: number
  readonly decided: number
  readonly wrongOutcomes: readonly string[]
}

/** A duel of 13 transactions about the first step of every kind; those that the time does not suffice for are not decided, which is no success. */
export async function everyStep({ seconds, say }: SoakOptions): Promise<EveryStepResult> {
  const until = Date.now() + seconds * 1_000
  const arena = await startArena({ prefunded, genesisAccounts: everyStepAccounts, fill: postEveryStep })
  try {
    const right = await honest(arena, HONEST)
    const firsts = firstSteps(arena)
    const wrongOutcomes: string[] = []
    let decided = 0
    for (const place of firsts) {
      if (Date.now() > until) break
      const wrong = await liar(arena, LIAR, place)
      const { moves, eliminated, proven } = await takenBack(arena, () =>
        decided % 2 === 0 ? decideDuel(arena, right, wrong) : decideDuel(arena, wrong, right),
      )
      decided++
      const position = (BigInt(place.b) << 36n) | (BigInt(place.x) << 24n) | BigInt(place.i)
      const isRight =
        moves === 13 &&
        proven.every(({ pos }) => pos === position) &&
        eliminated.length === 1 &&
        eliminated[0] === commitmentOf(wrong)
      if (!isRight) wrongOutcomes.push(place.op)
      say(`${place.op}: ${isRight ? 'the truth won' : 'WRONG'} (${decided} of ${firsts.length})`)
    }
    return { ok: wrongOutcomes.length === 0 && decided === firsts.length, kinds: firsts.length, decided, wrongOutcomes }
  } finally {
    await arena.rollup.close()
  }
}
