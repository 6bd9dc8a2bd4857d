import type { Arena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { decideDuel, takenBack } from '../support/arena/decide.ts'
import { proveLimits } from '../support/arena/heaviest-steps.ts'
import { commitmentOf } from '../support/arena/play.ts'
import type { Place } from '../support/evil-lie.ts'
import type { SoakOptions } from './disputes.ts'

const [HONEST, LIAR] = [10, 11] as const

export interface EachResult {
  readonly ok: boolean
  /** Steps that were to be disputed. */
  readonly kinds: number
  readonly decided: number
  readonly wrongOutcomes: readonly string[]
  /** Of all `prove` transactions. */
  readonly mostGas: number
  readonly mostBytes: number
}

/** A duel of 13 transactions about each of these steps, by name; those that the time does not suffice for are not decided, which is no success. */
export async function playEach(
  arena: Arena,
  places: readonly (readonly [name: string, place: Place])[],
  { seconds, say }: Pick<SoakOptions, 'seconds' | 'say'>,
): Promise<EachResult> {
  const until = Date.now() + seconds * 1_000
  const right = await honest(arena, HONEST)
  const wrongOutcomes: string[] = []
  let [decided, mostGas, mostBytes] = [0, 0, 0]
  for (const [name, place] of places) {
    if (Date.now() > until) break
    const wrong = await liar(arena, LIAR, place)
    const from = arena.sent.length
    const { moves, eliminated, proven } = await takenBack(arena, () =>
      decided % 2 === 0 ? decideDuel(arena, right, wrong) : decideDuel(arena, wrong, right),
    )
    decided++
    const prove = arena.sent.slice(from).find(({ kind }) => kind === 'prove')
    const { gasUsed = 0n, bytes = 0 } = prove ?? {}
    mostGas = Math.max(mostGas, Number(gasUsed))
    mostBytes = Math.max(mostBytes, bytes)
    const position = (BigInt(place.b) << 36n) | (BigInt(place.x) << 24n) | BigInt(place.i)
    const isRight =
      moves === 13 &&
      proven.every(({ pos }) => pos === position) &&
      eliminated.length === 1 &&
      eliminated[0] === commitmentOf(wrong) &&
      gasUsed <= proveLimits.gas &&
      bytes <= proveLimits.bytes
    if (!isRight) wrongOutcomes.push(name)
    say(
      `${name}: ${isRight ? 'the truth won' : 'WRONG'}, ${gasUsed} gas, ${bytes} bytes (${decided} of ${places.length})`,
    )
  }
  const ok = wrongOutcomes.length === 0 && decided === places.length
  return { ok, kinds: places.length, decided, wrongOutcomes, mostGas, mostBytes }
}
