import { type Moment, nameOf } from '../support/kills/drill.ts'
import type { HonestRole } from '../support/kills/honest-service.ts'
import { type KillOutcome, playKills } from '../support/kills/play-kills.ts'
import type { Interception } from '../support/transaction-interceptor.ts'
import type { SoakOptions } from './disputes.ts'

export interface KillsResult {
  readonly ok: boolean
  readonly disputes: number
  readonly kills: number
  /** Kills that were planned and did not come: of what follows the settlement calls go out together, and one that went with another is not waited for. */
  readonly missed: readonly string[]
  readonly wrongOutcomes: readonly KillOutcome[]
}

const hows: readonly Interception[] = ['swallow', 'deliver', 'pass']
const times = (count: number, call: string): string[] => Array.from({ length: count }, () => call)

/** Calls of a whole dispute: a rival of a wrong first child is the older side, an own first child is committed as the newer one. */
const plans: Readonly<
  Record<HonestRole, { readonly playing: readonly string[]; readonly settling: readonly string[] }>
> = {
  challenger: {
    playing: ['tracing', 'proposeRival', ...times(6, 'reveal')],
    settling: ['settle', 'resolve', 'collect', 'collectJoin', 'release', 'claim'],
  },
  proposer: {
    playing: ['fixTarget', 'propose', 'tracing', 'commit', 'startDuel', ...times(5, 'reveal'), 'prove'],
    settling: ['settle', 'resolve', 'collect', 'collectJoin', 'claim'],
  },
}

/** Calls that follow the settlement, in no fixed order. */
const together = ['resolve', 'collect', 'collectJoin', 'release', 'claim']

/** A dispute for each service and each way to be killed over a call, killed at every call and in every state without one. Ends early when the time is over, which is no success. */
export async function soakKills({ seconds, say }: SoakOptions): Promise<KillsResult> {
  const until = Date.now() + seconds * 1_000
  const missed: string[] = []
  const wrongOutcomes: KillOutcome[] = []
  let [disputes, kills] = [0, 0]
  for (const how of hows) {
    for (const role of ['challenger', 'proposer'] as const) {
      if (Date.now() > until) continue
      const at = (call: string): Moment => (call === 'tracing' ? { state: call } : { call, how })
      const plan = {
        ...{ playing: plans[role].playing.map(at), settling: plans[role].settling.map(at) },
        waiting: [{ state: 'waiting' } as const],
      }
      const planned = [...plan.playing, ...plan.waiting, ...plan.settling].map(nameOf)
      const outcome = await playKills({ role, ...plan, say })
      disputes++
      kills += outcome.kills.length
      for (const name of outcome.kills) if (planned.includes(name)) planned.splice(planned.indexOf(name), 1)
      missed.push(...planned.map((name) => `${role}: ${name}`))
      if (!isWon(outcome)) wrongOutcomes.push(outcome)
      const verdict = isWon(outcome) ? 'won' : `WRONG, ${describe(outcome)}`
      say(`${role} ${how}: ${verdict}, ${outcome.kills.length} kills, ${outcome.calls.length} calls`)
    }
  }
  const isTogether = (name: string): boolean => together.some((call) => name.includes(`: ${call} `))
  const ok = disputes === 2 * hows.length && missed.every(isTogether) && wrongOutcomes.length === 0
  return { ok, disputes, kills, missed, wrongOutcomes }
}

/** Right, at the cost of one stake, and nothing paid for twice. */
function isWon({ isRightConfirmed, stakes, lost, joins, repeated, reverted, unclaimedWei }: KillOutcome): boolean {
  const isCheap = stakes === 1 && lost === 0 && joins === 1 && unclaimedWei === 0n
  return isRightConfirmed && isCheap && repeated.length === 0 && reverted.length === 0
}

const describe = ({ kills: _, calls: __, ...rest }: KillOutcome): string =>
  JSON.stringify(rest, (_, value) => (typeof value === 'bigint' ? String(value) : value))
