// Scenarios 11, 14, 16, 19, 22, 23, 30 and 31 of disputes: lies about the input; a rival in the last second;
// two played sybils beside a false first child; two wrong sides and a third honest one; all wrong;
// L1 reorganised in the middle; honest moves kept from L1 for 90 % of their clock; the guardian's invalidation; another verifier scheduled in the middle.
import { assertionChainAbi, guardianPauseAbi, readLatestConfirmed, readVerifierInForce } from '@crema/l1'
import { encodePayload, payloadEntries } from '@crema/protocol'
import { scheduleVerifier, testAddress } from '@crema/testing'
import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar, misled } from '../support/arena/contenders.ts'
import { decideDuel, readOutcome, takenBack } from '../support/arena/decide.ts'
import { depositTo, l2User, lanePoster, prefunded } from '../support/arena/fill.ts'
import { honestTurn, honestUntil } from '../support/arena/honest-turn.ts'
import { commitmentOf, movesOf, playOut } from '../support/arena/play.ts'
import { expectBalanced, expectTruth } from '../support/arena/truth.ts'
import { vaultOf } from '../support/arena/vault.ts'

const [GUARDIAN, HONEST, LIAR, OTHER] = [0, 10, 11, 12] as const
const A = 600

let arena: Arena
let right: Contender
let wrong: Contender
let other: Contender

beforeAll(async () => {
  arena = await startArena({
    prefunded,
    challengePeriod: BigInt(A),
    async fill(rollup) {
      const user = l2User(rollup)
      const origin = await depositTo(rollup, { account: 2, to: testAddress(8), mint: 4n, value: 3n })
      const entries = [await user({ to: testAddress(7), value: 1n }), await user({ to: testAddress(8), value: 2n })]
      await lanePoster(rollup).post([{ payload: encodePayload([]) }, { payload: encodePayload(entries), origin }])
      await rollup.settle()
    },
  })
  right = await honest(arena, HONEST)
  wrong = await liar(arena, LIAR, { b: 1, x: 2, i: 1 })
  other = await liar(arena, OTHER, { b: 0, x: 0, i: 3 })
}, 120_000)

afterAll(() => arena?.rollup.close())

const confirmed = () => readLatestConfirmed(arena.rollup.l1, arena.contracts.assertionChain)
const truthWins = (...liars: readonly Contender[]) => expectTruth(arena, right, liars)
const balances = () => expectBalanced(arena)

const inTest = (name: string, use: () => Promise<void>) => it(name, () => takenBack(arena, use), 120_000)

for (const [name, change] of [
  ['a skipped deposit', (block) => ({ ...block, deposits: [], depositSiblings: [] })],
  [
    'a wrong order',
    (block) => ({ ...block, payload: encodePayload(payloadEntries(block.payload).map(bytesOf).reverse()) }),
  ],
  [
    'an invented deposit',
    (block) => ({
      ...block,
      deposits: [...block.deposits, { ...block.deposits[0]!, index: block.deposits[0]!.index + 1n, mint: 10n ** 30n }],
      depositSiblings: [...block.depositSiblings, block.depositSiblings[0]!],
    }),
  ],
] as const satisfies readonly (readonly [string, Parameters<typeof misled>[2]])[]) {
  inTest(`decides ${name} against who invented it`, async () => {
    const deceived = await misled(arena, LIAR, change)
    expect(deceived.id).not.toBe(right.id)
    const { moves, eliminated } = await decideDuel(arena, right, deceived)
    expect({ moves, eliminated }).toEqual({ moves: 13, eliminated: [commitmentOf(deceived)] })
  })
}

inTest('bears a rival in the last second', async () => {
  await arena.propose(right)
  const { timestamp } = await arena.rollup.l1.getBlock()
  await arena.rollup.rpc('evm_setNextBlockTimestamp', Number(timestamp) + A - 1)
  await arena.rival(wrong)
  const { commitments } = await arena.state()
  expect(commitments.find(({ id }) => id === commitmentOf(wrong))?.remaining).toBe(1n)
  await truthWins(wrong)
})

inTest('proves against two played sybils at once', async () => {
  await arena.propose(wrong)
  await arena.rival(other)
  await arena.commit(wrong)
  for (let rounds = 0; rounds < 40; rounds++) {
    let sent = await honestTurn(arena, right)
    for (const each of [wrong, other]) {
      for (const { call } of movesOf(await arena.state(), each, [right])) {
        await arena.send(each.account, call)
        sent++
      }
    }
    if (sent === 0) break
  }
  expect((await readOutcome(arena)).proven).toHaveLength(2)
  await truthWins(wrong, other)
})

inTest('confirms a third, honest side after two wrong ones', async () => {
  await arena.propose(wrong)
  await arena.rival(other)
  await arena.commit(wrong)
  await playOut(arena, [wrong, other])
  await truthWins(wrong, other)
})

inTest('reopens when all are wrong; the truth is confirmed in the next epoch', async () => {
  // Both leave the truth at the same step: L1 finds neither right there.
  const twin = await liar(arena, OTHER, { b: 1, x: 2, i: 1 })
  const { proven, eliminated } = await decideDuel(arena, wrong, twin)
  expect(proven.map((event) => event.right)).toEqual([[false, false]])
  expect([...eliminated].sort()).toEqual([commitmentOf(wrong), commitmentOf(twin)].sort())
  await arena.rollup.pass(2 * A)
  await arena.send(HONEST, { kind: 'reopen', parentId: arena.parentId })
  const id = await arena.idOf(right.end)
  expect(id).not.toBe(right.id)
  await arena.propose({ ...right, id })
  await arena.rollup.pass(A)
  const args = [id, right.end] as const
  const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'confirm', args })
  await arena.call(HONEST, { to: arena.contracts.assertionChain, data })
  expect(await confirmed()).toBe(id)
  await honestUntil(arena, right, 1, async () => (await vaultOf(arena).totals()).bonded === 0n)
  // Three bonds of the wrong sides: an assertion's, and two commitments'. Half of each is burned.
  expect((await vaultOf(arena).totals()).burned).toBe((3n * arena.rollup.config.stake) / 2n)
  await balances()
})

inTest('goes on after L1 took moves back', async () => {
  await arena.propose(right)
  await arena.rival(wrong)
  await honestTurn(arena, right)
  const play = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      for (const { call } of movesOf(await arena.state(), wrong, [right])) await arena.send(LIAR, call)
      await honestTurn(arena, right)
    }
  }
  await play(2)
  await takenBack(arena, () => play(2))
  await arena.rollup.pass(30)
  await play(8)
  const { proven, eliminated } = await readOutcome(arena)
  expect([proven.length, eliminated]).toEqual([1, [commitmentOf(wrong)]])
  await truthWins(wrong)
})

inTest('bears that its moves are kept from L1 for nine tenths of its clock', async () => {
  await arena.propose(right)
  await arena.rival(wrong)
  await arena.rollup.pass(0.3 * A)
  await honestTurn(arena, right)
  for (let round = 0; round < 10; round++) {
    for (const { call } of movesOf(await arena.state(), wrong, [right])) await arena.send(LIAR, call)
    if (round < 6) await arena.rollup.pass(0.1 * A)
    await honestTurn(arena, right)
  }
  expect((await readOutcome(arena)).eliminated).toEqual([commitmentOf(wrong)])
  await truthWins(wrong)
})

inTest('refunds everybody when the guardian invalidates', async () => {
  await decideDuel(arena, right, wrong)
  const { guardianPause, assertionChain } = arena.contracts
  const pause = encodeFunctionData({ abi: guardianPauseAbi, functionName: 'pause' })
  await arena.call(GUARDIAN, { to: guardianPause, data: pause })
  const invalidate = { abi: assertionChainAbi, functionName: 'invalidate', args: [arena.parentId] } as const
  await arena.call(GUARDIAN, { to: assertionChain, data: encodeFunctionData(invalidate) })
  await honestUntil(arena, right, 1, async () =>
    (await arena.states()).every(({ commitments }) => commitments.every(({ status }) => status === 'resolved')),
  )
  for (const account of [HONEST, LIAR]) {
    for (const { id, status } of (await vaultOf(arena).account(testAddress(account))).bonds) {
      if (status === 'active') await arena.send(account, { kind: 'release', bondId: id })
    }
  }
  const { bonded, burned, pots } = await vaultOf(arena).totals()
  expect({ bonded, burned, pots }).toEqual({ bonded: 0n, burned: 0n, pots: 0n })
  await balances()
})

inTest('executes the pinned verifier though another is scheduled in the middle', async () => {
  const { l1, config } = arena.rollup
  await arena.propose(right)
  await arena.rival(wrong)
  await arena.commit(right)
  await scheduleVerifier(arena.rollup, arena.contracts.bondVault)
  await arena.rollup.pass(A / 2)
  await playOut(arena, [right, wrong])
  expect((await readOutcome(arena)).eliminated).toEqual([commitmentOf(wrong)])
  await arena.rollup.pass(A)
  const current = await readVerifierInForce(l1, config.l1Contracts.verifierSchedule)
  expect(current.toLowerCase()).toBe(arena.contracts.bondVault.toLowerCase())
  await truthWins(wrong)
})

const bytesOf = ({ bytes }: ReturnType<typeof payloadEntries>[number]): Uint8Array => bytes
