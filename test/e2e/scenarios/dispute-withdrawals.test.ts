// Scenarios 1 and 29 of disputes: a withdrawal proven while its assertion is pending, which is confirmed without a rival; proven on a false branch, real or invented; after a dispute that
// was won; across pauses.
import { assertionChainAbi, guardianPauseAbi, readLatestConfirmed } from '@crema/l1'
import { encodePayload, predeploys } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { encodeFunctionData, parseEther } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { takenBack } from '../support/arena/decide.ts'
import { depositTo, l2User, lanePoster, prefunded, USER } from '../support/arena/fill.ts'
import { honestTurn, honestTurns } from '../support/arena/honest-turn.ts'
import { playOut } from '../support/arena/play.ts'
import type { AnyCall } from '../support/arena/send.ts'
import { expectBalanced, expectPaid, expectTruth } from '../support/arena/truth.ts'
import {
  finalizeCall,
  forge,
  invent,
  proofOf,
  proveCall,
  type Withdrawal,
  type WithdrawalProof,
  withdrawalsOf,
  withdrawTo,
} from '../support/arena/withdrawals.ts'

const [GUARDIAN, HONEST, LIAR, THIEF] = [0, 10, 11, 12] as const
const A = 600
const VALUE = parseEther('0.25')
/** Nobody else's, on L1. */
const target = testAddress(41)
const NOT_FINALIZED = 'Error(OptimismPortal: output proposal has not been finalized yet)'

let arena: Arena
let right: Contender
let wrong: Contender
let withdrawal: Withdrawal
let proof: WithdrawalProof
let finalize: AnyCall

beforeAll(async () => {
  arena = await startArena({
    prefunded,
    challengePeriod: BigInt(A),
    maxPause: 30n,
    pauseCooldown: 60n,
    async fill(rollup) {
      const origin = await depositTo(rollup, { account: 2, to: testAddress(8), mint: parseEther('1') })
      const call = { to: predeploys.l2ToL1MessagePasser, value: VALUE, gas: 200_000n, data: withdrawTo(target) }
      const entry = await l2User(rollup)(call)
      await lanePoster(rollup).post([{ payload: encodePayload([]) }, { payload: encodePayload([entry]), origin }])
      await rollup.settle()
    },
  })
  right = await honest(arena, HONEST)
  wrong = await liar(arena, LIAR, { b: 1, x: 1, i: 9 })
  withdrawal = withdrawalsOf(arena)[0]!
  proof = await proofOf(arena, right.end, withdrawal)
  finalize = finalizeCall(arena, withdrawal)
}, 120_000)

afterAll(() => arena?.rollup.close())

const inTest = (name: string, use: () => Promise<void>) => it(name, () => takenBack(arena, use), 120_000)

const balance = () => arena.rollup.l1.getBalance({ address: target })
const confirmed = () => readLatestConfirmed(arena.rollup.l1, arena.contracts.assertionChain)
const guardian = (functionName: 'pause' | 'unpause'): Promise<unknown> =>
  arena.call(GUARDIAN, {
    to: arena.contracts.guardianPause,
    data: encodeFunctionData({ abi: guardianPauseAbi, functionName }),
  })

function confirmCall({ id, end }: Contender): AnyCall {
  const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'confirm', args: [id, end] })
  return { to: arena.contracts.assertionChain, data }
}

/** Pays the withdrawal: the target has its wei, and neither a payment nor a proof of it is possible again. */
async function pays(): Promise<void> {
  const before = await balance()
  await arena.call(USER, finalize)
  expect((await balance()) - before).toBe(VALUE)
  expect(await arena.refusal(USER, finalize)).toBe('OptimismPortal_AlreadyFinalized()')
  expect(await arena.refusal(USER, proveCall(arena, right, withdrawal, proof))).toBe(
    `AlreadyFinalized(${withdrawal.withdrawalHash})`,
  )
}

inTest('confirms without a rival and pays a withdrawal that was proven before', async () => {
  const prove = proveCall(arena, right, withdrawal, proof)
  expect(await arena.refusal(USER, prove)).toBe(`NotListed(${right.id})`)
  await arena.propose(right)
  expect(await arena.refusal(USER, finalize)).toBe('OptimismPortal_Unproven()')
  await arena.call(USER, prove)
  expect(await arena.refusal(USER, finalize)).toBe(NOT_FINALIZED)
  expect(await arena.refusal(HONEST, confirmCall(right))).toMatch(/^NotOldEnough/)
  await arena.rollup.pass(A)
  // Time alone confirms nothing.
  expect(await arena.refusal(USER, finalize)).toBe(NOT_FINALIZED)
  await arena.call(HONEST, confirmCall(right))
  expect(await confirmed()).toBe(right.id)
  await pays()
  await honestTurns(arena, right)
  await expectPaid(arena, HONEST)
  await expectBalanced(arena)
})

inTest(
  'never pays what was proven on a false branch; pays a real withdrawal once it is proven on the right one',
  async () => {
    await arena.propose(wrong)
    // The lie is in the state root alone: the withdrawal is in its output as well.
    const onWrong = { ...proof, end: wrong.end }
    await arena.call(USER, proveCall(arena, wrong, withdrawal, onWrong))
    await honestTurn(arena, right)
    const late = proveCall(arena, wrong, withdrawal, onWrong)
    expect(await arena.refusal(THIEF, late)).toBe(`NotListed(${wrong.id})`)
    await arena.commit(wrong)
    await playOut(arena, [wrong, right])
    expect(await arena.refusal(USER, finalize)).toBe(NOT_FINALIZED)
    await expectTruth(arena, right, [wrong])
    expect(await arena.refusal(USER, confirmCall(wrong))).toBe(`NotPending(${wrong.id}, 3)`)
    await arena.rollup.pass(10 * A)
    expect(await arena.refusal(USER, finalize)).toBe(NOT_FINALIZED)
    expect(await arena.refusal(USER, proveCall(arena, right, withdrawal, onWrong))).toMatch(/^WrongOutputRoot/)
    await arena.call(USER, proveCall(arena, right, withdrawal, proof))
    await pays()
  },
)

inTest('never pays a withdrawal that was invented', async () => {
  const invented = invent({
    ...withdrawal,
    sender: testAddress(THIEF),
    target: testAddress(THIEF),
    value: parseEther('1'),
  })
  const { root, nodes } = forge(invented)
  const end = { ...right.end, withdrawalsRoot: root }
  const thief = await liar(arena, THIEF, { b: 1, x: 2, i: 0 }, { end })
  await arena.propose(thief)
  await arena.call(THIEF, proveCall(arena, thief, invented, { end, nodes }))
  await honestTurn(arena, right)
  await arena.commit(thief)
  await playOut(arena, [thief, right])
  await expectTruth(arena, right, [thief])
  const stealing = finalizeCall(arena, invented)
  await arena.rollup.pass(10 * A)
  expect(await arena.refusal(THIEF, stealing)).toBe(NOT_FINALIZED)
  expect(await arena.refusal(THIEF, proveCall(arena, thief, invented, { end, nodes }))).toBe(`NotListed(${thief.id})`)
  const onRight = proveCall(arena, right, invented, { end: right.end, nodes })
  expect(await arena.refusal(THIEF, onRight)).toMatch(/^(WithdrawalNotInOutput|TrieProof)/)
})

inTest('pays by the early proof after the dispute is won', async () => {
  await arena.propose(right)
  await arena.call(USER, proveCall(arena, right, withdrawal, proof))
  await arena.rival(wrong)
  // Contested, it takes no more proofs; the one there is stays.
  expect(await arena.refusal(THIEF, proveCall(arena, right, withdrawal, proof))).toBe(`NotListed(${right.id})`)
  await honestTurns(arena, right)
  await arena.rollup.pass(A)
  expect(await arena.refusal(HONEST, confirmCall(right))).toBe(`HasRivals(${arena.parentId})`)
  expect(await arena.refusal(USER, finalize)).toBe(NOT_FINALIZED)
  await expectTruth(arena, right, [wrong])
  await pays()
})

inTest('holds a confirmation, a settlement and a payment back while a pause lasts, and no longer', async () => {
  await arena.propose(right)
  await arena.call(USER, proveCall(arena, right, withdrawal, proof))
  await takenBack(arena, async () => {
    await arena.rollup.pass(A)
    await guardian('pause')
    expect(await arena.refusal(HONEST, confirmCall(right))).toMatch(/^Paused/)
    await arena.rollup.pass(30)
    await arena.call(HONEST, confirmCall(right))
    // Confirmed, and paused again: it is not paid, by whomever.
    await arena.rollup.pass(30)
    await guardian('pause')
    expect(await arena.refusal(USER, finalize)).toBe(NOT_FINALIZED)
    await arena.rollup.pass(30)
    await pays()
  })
  await arena.rival(wrong)
  await honestTurns(arena, right)
  await arena.rollup.pass(A)
  await guardian('pause')
  // Moves go on: here the timeout.
  expect(await honestTurn(arena, right)).toBeGreaterThan(0)
  await arena.rollup.pass(5)
  const settle = { kind: 'settle', assertionId: right.id, end: right.end } as const
  expect(await arena.refusal(HONEST, settle)).toMatch(/^Paused/)
  await guardian('unpause')
  await expectTruth(arena, right, [wrong])
  await pays()
})
