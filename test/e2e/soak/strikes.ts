import { type Moment, nameOf } from '../support/kills/drill.ts'
import type { HonestRole } from '../support/kills/honest-service.ts'
import { type KillOutcome, type KillPlan, playKills } from '../support/kills/play-kills.ts'
import type { Reorganisation } from '../support/kills/reorganise.ts'
import type { Interception } from '../support/transaction-interceptor.ts'
import type { SoakOptions } from './disputes.ts'

export interface StrikesResult {
  readonly ok: boolean
  readonly disputes: number
  /** Kills and reorganisations. */
  readonly strikes: number
  /** Those that were planned and did not come: of what follows the settlement calls go out together, and one that went with another is not waited for. */
  readonly missed: readonly string[]
  readonly wrongOutcomes: readonly KillOutcome[]
}

/** Ways to strike over a call. */
type Blow = Interception | Reorganisation

const times = (count: number, call: string): string[] => Array.from({ length: count }, () => call)

interface Course {
  readonly role: HonestRole
  readonly playing: readonly string[]
  readonly timingOut?: readonly string[]
  readonly settling: readonly string[]
}

const settlement = ['settle', 'resolve', 'collect', 'collectJoin']

/** Calls of a whole dispute: a rival of a wrong first child is the older side, an own first child is committed as the newer one. */
const courses: readonly Course[] = [
  {
    role: 'challenger',
    playing: ['proposeRival', ...times(6, 'reveal')],
    settling: [...settlement, 'release', 'claim'],
  },
  {
    role: 'proposer',
    playing: ['fixTarget', 'propose', 'commit', 'startDuel', ...times(5, 'reveal'), 'prove'],
    settling: [...settlement, 'claim'],
  },
]

/** The same where the liar falls silent in the middle. */
const silences: readonly Course[] = [
  {
    role: 'challenger',
    playing: ['proposeRival', ...times(3, 'reveal')],
    timingOut: ['timeout'],
    settling: [...settlement, 'release', 'claim'],
  },
]

/** Calls that follow the settlement, in no fixed order. */
const together = ['resolve', 'collect', 'collectJoin', 'release', 'claim']

/** A dispute for each service and each way to be killed over a call, killed at every call and in every state without one. Ends early when the time is over, which is no success. */
export function soakKills(options: SoakOptions): Promise<StrikesResult> {
  return soak(options, ['swallow', 'deliver', 'pass'], courses, (course, how) => {
    const { playing, ...plan } = planOf(course, (call) => ({ call, how }))
    const build = playing.findIndex((moment) => 'call' in moment && ['proposeRival', 'commit'].includes(moment.call))
    return { ...plan, playing: playing.toSpliced(build, 0, { state: 'tracing' }), waiting: [{ state: 'waiting' }] }
  })
}

/** The same with L1 reorganised over every call that the service has seen mined: the call is lost, or comes to stand in another block. */
export function soakReorganisations(options: SoakOptions): Promise<StrikesResult> {
  return soak(options, ['forgotten', 'moved'], [...courses, ...silences], (course, reorganised) =>
    planOf(course, (call) => ({ call, reorganised })),
  )
}

function planOf({ role, playing, timingOut, settling }: Course, at: (call: string) => Moment): KillPlan {
  const silence = timingOut === undefined ? {} : { timingOut: timingOut.map(at) }
  return { role, playing: playing.map(at), ...silence, waiting: [], settling: settling.map(at) }
}

async function soak<B extends Blow>(
  { seconds, say }: SoakOptions,
  blows: readonly B[],
  disputesOf: readonly Course[],
  plan: (course: Course, blow: B) => KillPlan,
): Promise<StrikesResult> {
  const until = Date.now() + seconds * 1_000
  const missed: string[] = []
  const wrongOutcomes: KillOutcome[] = []
  let [disputes, strikes] = [0, 0]
  for (const blow of blows) {
    for (const course of disputesOf) {
      if (Date.now() > until) continue
      const { role } = course
      const chosen = plan(course, blow)
      const { playing, timingOut = [], waiting, settling } = chosen
      const planned = [...playing, ...timingOut, ...waiting, ...settling].map(nameOf)
      const outcome = await playKills({ ...chosen, say })
      disputes++
      strikes += outcome.kills.length
      for (const name of outcome.kills) if (planned.includes(name)) planned.splice(planned.indexOf(name), 1)
      missed.push(...planned.map((name) => `${role}: ${name}`))
      if (!isWon(outcome)) wrongOutcomes.push(outcome)
      const verdict = isWon(outcome) ? 'won' : `WRONG, ${describe(outcome)}`
      say(`${role} ${blow}: ${verdict}, ${outcome.kills.length} strikes, ${outcome.calls.length} calls`)
    }
  }
  const isTogether = (name: string): boolean => together.some((call) => name.includes(`: ${call} `))
  const isWhole = disputes === blows.length * disputesOf.length
  const ok = isWhole && missed.every(isTogether) && wrongOutcomes.length === 0
  return { ok, disputes, strikes, missed, wrongOutcomes }
}

/** Right, at the cost of one stake, and nothing paid for twice. */
function isWon({ isRightConfirmed, stakes, lost, joins, repeated, reverted, unclaimedWei }: KillOutcome): boolean {
  const isCheap = stakes === 1 && lost === 0 && joins === 1 && unclaimedWei === 0n
  return isRightConfirmed && isCheap && repeated.length === 0 && reverted.length === 0
}

const describe = ({ kills: _, calls: __, ...rest }: KillOutcome): string =>
  JSON.stringify(rest, (_, value) => (typeof value === 'bigint' ? String(value) : value))
