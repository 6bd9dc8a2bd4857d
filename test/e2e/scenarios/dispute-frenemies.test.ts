// Scenarios 17 and 18 of disputes: a frenemy, that is a wrong trace on the right assertion, before and behind the lie that it seems to fight; a false flag, that is an attacker who has its own
// defender of the truth lose early, so that its lie may be settled before the honest side comes.
import { testAddress } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { frenemy, honest, liar } from '../support/arena/contenders.ts'
import { readOutcome, takenBack } from '../support/arena/decide.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { honestTurns } from '../support/arena/honest-turn.ts'
import { commitmentOf, playOut } from '../support/arena/play.ts'
import { expectPaid, expectTruth } from '../support/arena/truth.ts'
import { vaultOf } from '../support/arena/vault.ts'

const [HONEST, LIAR, FRIEND] = [10, 11, 12] as const
/** Long, so that hours of the chain's clock are left to whoever comes late. */
const A = 3_600
const GRACE = 600

let arena: Arena
let right: Contender
let wrong: Contender
/** Leaves the truth before the liar does, and behind it. */
let early: Contender
let late: Contender

beforeAll(async () => {
  arena = await startArena({
    prefunded,
    challengePeriod: BigInt(A),
    gracePeriod: BigInt(GRACE),
    async fill(rollup) {
      const user = l2User(rollup)
      await postBlocks(rollup, [[await user({ to: testAddress(7), value: 1n })], [await user({ to: testAddress(8) })]])
    },
  })
  right = await honest(arena, HONEST)
  wrong = await liar(arena, LIAR, { b: 1, x: 1, i: 2 })
  early = await frenemy(arena, FRIEND, { b: 0, x: 1, i: 4 })
  late = await frenemy(arena, FRIEND, { b: 1, x: 2, i: 0 })
}, 120_000)

afterAll(() => arena?.rollup.close())

const inTest = (name: string, use: () => Promise<void>) => it(name, () => takenBack(arena, use), 120_000)

const settleWrong = () => arena.refusal(LIAR, { kind: 'settle', assertionId: wrong.id, end: wrong.end })
const alive = async (of: Contender) => (await arena.state()).assertions.find(({ id }) => id === of.id)?.aliveCommitments

/** The bond by which an account proposed a child. */
async function bondOf(account: number) {
  const { bonds } = await vaultOf(arena).account(testAddress(account))
  return bonds[0]!
}

/** All stakes are where they belong: two wrong ones are gone, half of them into the pot, out of which the honest side alone was paid. */
async function expectStakes(lost: bigint): Promise<void> {
  const { stake } = arena.rollup.config
  const { bonded, credit, burned, pots } = await vaultOf(arena).totals()
  expect({ bonded, credit, burned }).toEqual({ bonded: 0n, credit: 0n, burned: (lost * stake) / 2n })
  expect(pots).toBeGreaterThan(0n)
  expect(pots).toBeLessThan((lost * stake) / 2n)
}

inTest('bears a frenemy who proposed the truth and loses its own duel', async () => {
  expect(early.id).toBe(right.id)
  await arena.propose(early)
  await arena.rival(wrong)
  await arena.commit(early, (await bondOf(FRIEND)).id)
  await playOut(arena, [early, wrong])
  // L1 found the frenemy wrong where it left the truth, and the liar right there.
  const { proven, eliminated } = await readOutcome(arena)
  expect(eliminated).toEqual([commitmentOf(early)])
  expect(proven.map(({ right }) => right)).toEqual([[true, false]])
  // It carries nothing: the assertion has no commitment alive.
  expect(await alive(right)).toBe(0n)

  await honestTurns(arena, right)
  await playOut(arena, [right, wrong])
  await expectTruth(arena, right, [wrong, early])
  // Its bond stood behind the assertion that was confirmed, and is gone for its trace all the same.
  expect((await bondOf(FRIEND)).status).toBe('slashed')
  await expectStakes(2n)
})

inTest('gives a frenemy that was never found out its stake back, and the honest side all of its own', async () => {
  await arena.propose(right)
  await arena.rival(wrong)
  await arena.commit(late)
  await honestTurns(arena, right)
  const pair = { older: commitmentOf(late), newer: commitmentOf(right) }
  const rootChildren = Array.from({ length: 16 }, () => pair.older)
  // There is no duel between the two, whoever wants one.
  expect(await arena.refusal(LIAR, { kind: 'startDuel', ...pair, rootChildren })).toBe(
    `SameAssertion(${pair.older}, ${pair.newer}, ${right.id})`,
  )
  await playOut(arena, [right, late, wrong])
  expect((await readOutcome(arena)).eliminated).toEqual([commitmentOf(wrong)])
  expect(await alive(right)).toBe(2n)
  await expectTruth(arena, right, [wrong])
  await arena.send(FRIEND, { kind: 'release', bondId: (await bondOf(FRIEND)).id })
  await arena.send(FRIEND, { kind: 'claim', to: testAddress(FRIEND) })
  await expectPaid(arena, FRIEND)
  await expectStakes(1n)
})

for (const role of ['first child', 'rival'] as const) {
  inTest(`does not settle a lie that is the ${role} before the honest side's window is over`, async () => {
    const isFirst = role === 'first child'
    await arena.propose(isFirst ? wrong : early)
    expect(await settleWrong()).toMatch(isFirst ? /^NoRivals/ : /^NotPending/)
    await arena.rollup.pass(A / 6)
    // The attacker's own defender of the truth, made to lose at once.
    await arena.rival(isFirst ? early : wrong)
    if (!isFirst) expect(await settleWrong()).toMatch(/^WindowOpen/)
    await arena.commit(isFirst ? wrong : early)
    expect(await settleWrong()).toBe('StillContested(2, 1)')
    await playOut(arena, [early, wrong])
    expect((await readOutcome(arena)).eliminated).toEqual([commitmentOf(early)])

    const { firstChildAt, firstRivalAt } = (await arena.state()).parent
    const closesAt = (isFirst ? firstChildAt : firstRivalAt) + BigInt(A)
    const windowOpen = new RegExp(`^WindowOpen\\(\\d+, ${closesAt}\\)$`)
    const leave = async (seconds: number): Promise<void> => {
      await arena.rollup.pass(Number(closesAt - (await arena.rollup.l1.getBlock()).timestamp) - seconds)
    }
    expect(await settleWrong()).toMatch(windowOpen)
    await leave(A / 2)
    expect(await settleWrong()).toMatch(windowOpen)
    await leave(A / 6)
    expect(await settleWrong()).toMatch(windowOpen)
    // Had nobody come, there would be the grace yet, in which the guardian may pause.
    await takenBack(arena, async () => {
      await leave(0)
      expect(await settleWrong()).toMatch(/^InGrace/)
    })

    await honestTurns(arena, right)
    expect(await settleWrong()).toBe('StillContested(2, 1)')
    await playOut(arena, [right, wrong])
    expect(await settleWrong()).toBe('StillContested(1, 0)')
    await expectTruth(arena, right, [wrong, early])
    expect(await settleWrong()).toBe(`NotPending(${wrong.id}, 3)`)
  })
}
