import { honest } from '../support/arena/contenders.ts'
import { isPaid, sybilTable } from '../support/arena/sybil-report.ts'
import { playSybils, type SybilRun, startSybilArena } from '../support/arena/sybils.ts'

const HONEST = 10
const A = 3_600n
/** Sybils at a time, up to the number asked for. */
const COUNTS = [1, 2, 4, 16, 50, 100, 200, 400]
/** Sybils at most that play all their duels. */
const MOST_PLAYED = 16

export interface SybilsOptions {
  /** Sybils at most. */
  readonly most: number
  readonly say: (line: string) => void
}

export interface SybilsResult {
  readonly ok: boolean
  /** L1 seconds from the first rival to the confirmation, for each number of silent and of played sybils. */
  readonly silentSeconds: readonly number[]
  readonly playedSeconds: readonly number[]
  /** Runs in which the truth was paid less, or a stake was elsewhere, than it has to be. */
  readonly wronglyPaid: number
}

/** More and more sybils, silent and played, against one honest side: the time must not grow, and all must be paid to the wei. */
export async function soakSybils({ most, say }: SybilsOptions): Promise<SybilsResult> {
  const arena = await startSybilArena(A)
  try {
    const right = await honest(arena, HONEST)
    const runs = async (plays: boolean): Promise<SybilRun[]> => {
      const done: SybilRun[] = []
      const bound = plays ? Math.min(most, MOST_PLAYED) : most
      for (const count of new Set([...COUNTS.filter((each) => each < bound), bound])) {
        done.push(await playSybils(arena, right, { count, plays }))
        say(`${plays ? 'played' : 'silent'}, ${count} of ${bound}`)
      }
      say(sybilTable(done))
      return done
    }
    const silent = await runs(false)
    const played = await runs(true)
    const { stake } = arena.rollup.config
    const wronglyPaid = [...silent, ...played].filter((run) => !isPaid(run, stake)).length
    const isFlat = (all: readonly SybilRun[]): boolean => new Set(all.map(({ seconds }) => seconds)).size === 1
    return {
      ok: wronglyPaid === 0 && isFlat(silent) && isFlat(played),
      silentSeconds: silent.map(({ seconds }) => seconds),
      playedSeconds: played.map(({ seconds }) => seconds),
      wronglyPaid,
    }
  } finally {
    await arena.rollup.close()
  }
}
