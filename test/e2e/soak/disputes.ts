import { type DisputeState, readLatestConfirmed } from '@crema/l1'
import { testAddress } from '@crema/testing'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { readOutcome, takenBack } from '../support/arena/decide.ts'
import { everyStepAccounts, postEveryStep } from '../support/arena/every-step.ts'
import { prefunded } from '../support/arena/fill.ts'
import { type NamedStep, stepsOf } from '../support/arena/find-step.ts'
import { honestTurn } from '../support/arena/honest-turn.ts'
import { commitmentOf, movesOf } from '../support/arena/play.ts'
import { vaultOf } from '../support/arena/vault.ts'
import { createRandom } from '../support/random.ts'

const HONEST = 10
const A = 600
/** Accounts that lie, from this one on. */
const FIRST_LIAR = 11
const MOST_LIARS = 7
const ROUNDS = 400
/** Rounds in which liars join. */
const LAST_JOIN = 12

export interface SoakOptions {
  readonly seconds: number
  readonly seed: number
  readonly say: (line: string) => void
}

export interface SoakResult {
  readonly ok: boolean
  readonly seed: number
  readonly disputes: number
  readonly duels: number
  readonly moves: number
  readonly steps: number
  /** Disputes in which a wrong assertion was confirmed, or the right one was not. */
  readonly wrongOutcomes: number
  readonly honestStakesLost: number
  /** Disputes after which the vault did not hold what it owes. */
  readonly vaultOff: number
  readonly seconds: number
}

/** One who lies, and how. */
interface Adversary {
  readonly liar: Contender
  /** Moves that it makes before it falls silent. */
  moves: number
  /** Round in which it joins. */
  readonly joins: number
  hasJoined: boolean
}

/** Plays random disputes until the time is over. */
export async function soakDisputes({ seconds, seed, say }: SoakOptions): Promise<SoakResult> {
  const startedAt = Date.now()
  const elapsed = (): number => Math.round((Date.now() - startedAt) / 1_000)
  const random = createRandom(seed)
  const arena = await startArena({
    ...{ prefunded, genesisAccounts: everyStepAccounts, fill: postEveryStep, challengePeriod: BigInt(A) },
  })
  const sum = { disputes: 0, duels: 0, moves: 0, steps: 0, wrongOutcomes: 0, honestStakesLost: 0, vaultOff: 0 }
  try {
    const right = await honest(arena, HONEST)
    const places = [...stepsOf(arena)]
    while (elapsed() < seconds) {
      const played = await takenBack(arena, () => playRandom(arena, right, places, random))
      sum.disputes++
      sum.duels += played.duels
      sum.moves += played.moves
      sum.steps += played.steps
      sum.wrongOutcomes += played.isRight ? 0 : 1
      sum.honestStakesLost += played.honestStakesLost
      sum.vaultOff += played.isBalanced ? 0 : 1
      say(
        `${elapsed()} s: ${sum.disputes} disputes, ${sum.duels} duels, ${sum.moves} moves, ${sum.wrongOutcomes} wrong`,
      )
    }
  } finally {
    await arena.rollup.close()
  }
  const ok = sum.disputes > 0 && sum.wrongOutcomes === 0 && sum.honestStakesLost === 0 && sum.vaultOff === 0
  return { ok, seed, ...sum, seconds: elapsed() }
}

type Random = ReturnType<typeof createRandom>

/** One dispute: the honest side first or late, liars anywhere, who play or stop; time passes in between, but never more of the honest clock than it has. */
async function playRandom(arena: Arena, right: Contender, places: readonly NamedStep[], random: Random) {
  const adversaries: Adversary[] = []
  const count = 1 + random.below(MOST_LIARS)
  const twin = random.below(4) === 0 ? places[random.below(places.length)]! : undefined
  for (let i = 0; i < count; i++) {
    const place = twin ?? places[random.below(places.length)]!
    const moves = random.below(3) === 0 ? random.below(14) : Number.POSITIVE_INFINITY
    adversaries.push({
      liar: await liar(arena, FIRST_LIAR + i, place, { salt: random.below(2 ** 30) }),
      ...{ moves, joins: random.below(LAST_JOIN), hasJoined: false },
    })
  }
  const isHonestFirst = random.below(2) === 0
  const [first] = adversaries
  await arena.propose(isHonestFirst ? right : first!.liar)
  const from = (await arena.state()).parent.firstChildAt
  const absent = random.below(6)
  for (let round = 0; round < ROUNDS; round++) {
    const state = await arena.state()
    const isOpen = state.block.timestamp + 2n < from + BigInt(A)
    for (const adversary of adversaries) {
      if (!adversary.hasJoined && adversary.joins <= round)
        await join(arena, state, adversary, isOpen, adversary === first && !isHonestFirst)
    }
    // What all of them see at once: of a duel between two of them, who moves second comes too late.
    const seen = await arena.state()
    let sent = 0
    for (const adversary of adversaries.filter(({ hasJoined }) => hasJoined)) {
      for (const { call } of movesOf(seen, adversary.liar)) {
        if (adversary.moves-- <= 0) break
        sent++
        // Its clock may run out in between.
        await arena.send(adversary.liar.account, call).catch(() => {})
      }
    }
    if (round >= absent) sent += await honestTurn(arena, right)
    if (await isOver(arena, right)) break
    const isQuiet = sent === 0 && round >= LAST_JOIN
    await arena.rollup.pass(isQuiet ? A / 4 : 1 + random.below(10))
  }
  return judge(arena, right)
}

/** Joins beside the others while that is possible: the first child by a commitment once it is rivalled, all others as rivals. */
async function join(
  arena: Arena,
  { parent }: DisputeState,
  adversary: Adversary,
  isOpen: boolean,
  isFirst: boolean,
): Promise<void> {
  const { liar } = adversary
  if (!isFirst && isOpen) await arena.rival(liar)
  else if (isFirst && parent.firstRivalAt > 0n && isOpen) await arena.commit(liar)
  else return
  adversary.hasJoined = true
}

const isConfirmed = async ({ rollup, contracts }: Arena, { id }: Contender): Promise<boolean> =>
  (await readLatestConfirmed(rollup.l1, contracts.assertionChain)) === id

/** Whether the truth is confirmed and the honest side has all back. */
async function isOver(arena: Arena, right: Contender): Promise<boolean> {
  if (!(await isConfirmed(arena, right))) return false
  const { bonds, credit } = await vaultOf(arena).account(testAddress(HONEST))
  return credit === 0n && bonds.every(({ status }) => status !== 'active')
}

async function judge(arena: Arena, right: Contender) {
  const { proven, moves } = await readOutcome(arena)
  const { bonds } = await vaultOf(arena).account(testAddress(HONEST))
  const { bonded, credit, burned, pots, balance } = await vaultOf(arena).totals()
  const { duels, commitments } = await arena.state()
  const isEliminated = commitments.some(({ id, wasEliminated }) => id === commitmentOf(right) && wasEliminated)
  return {
    duels: duels.length,
    moves,
    steps: proven.length,
    isRight: (await isConfirmed(arena, right)) && !isEliminated,
    honestStakesLost: bonds.filter(({ status }) => status !== 'released').length,
    isBalanced: balance === bonded + credit + burned + pots,
  }
}
