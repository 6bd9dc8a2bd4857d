// Scenario 28 of disputes: assertions cut by the cap of blocks and by the cap of gas. The next child goes on to the same target; who asserts another end is refused where the contract sees it, and
// else loses at the step that seals the block where the assertion ends, or is said to.
import { assertionChainAbi, readLatestConfirmed } from '@crema/l1'
import { type BlockState, blockStatus } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { encodeFunctionData } from 'viem'
import { expect, it, onTestFinished } from 'vitest'
import { type Arena, type ArenaOptions, type Contender, startArena } from '../support/arena/arena.ts'
import { believer, honest, liar, underCaps } from '../support/arena/contenders.ts'
import { decideDuel, readOutcome, takenBack } from '../support/arena/decide.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { sealOf } from '../support/arena/find-step.ts'
import { commitmentOf } from '../support/arena/play.ts'
import { expectTruth } from '../support/arena/truth.ts'

const [HONEST, LIAR, BUILDER] = [10, 11, 12] as const
const MAX_GAS = 100_000n
const A = 600

async function start(options: ArenaOptions): Promise<Arena> {
  const arena = await startArena({ prefunded, challengePeriod: BigInt(A), ...options })
  onTestFinished(() => arena.rollup.close())
  return arena
}

/** Why L1 refuses to take an end for the first child's. */
async function refused(arena: Arena, end: BlockState): Promise<string> {
  const id = await arena.idOf(end)
  return arena.propose({ account: LIAR, id, end }).then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}

/** Who ends the assertion after so many blocks, and says that they used up the gas. */
async function early(arena: Arena, maxBlocks: bigint): Promise<Contender> {
  const cut = await underCaps(arena, { maxBlocks })
  const end = { ...cut.blocks.end, gasSinceAssertionStart: arena.rollup.config.maxGasPerAssertion }
  return liar(cut, LIAR, sealOf(arena, Number(maxBlocks) - 1), { end })
}

/** A liar about the end proposes first; the honest side rivals it, and L1 executes the seal of block `b`. */
async function decides(arena: Arena, right: Contender, wrong: Contender, b: number): Promise<void> {
  expect(wrong.id).not.toBe(right.id)
  const before = await readOutcome(arena)
  const { moves, eliminated, proven } = await decideDuel(arena, wrong, right)
  const place = sealOf(arena, b)
  expect(moves - before.moves).toBe(13)
  expect(eliminated.slice(before.eliminated.length)).toEqual([commitmentOf(wrong)])
  expect(proven.slice(before.proven.length).map(({ pos }) => pos)).toEqual([
    (BigInt(place.b) << 36n) | (BigInt(place.x) << 24n) | BigInt(place.i),
  ])
  await expectTruth(arena, right, [wrong])
}

/** Asserts the next child without a rival and confirms it. Returns the arena about it. */
async function goOn(arena: Arena, parent: Contender): Promise<{ readonly arena: Arena; readonly right: Contender }> {
  const next = await arena.on(parent)
  const right = await honest(next, BUILDER)
  await next.propose(right)
  await next.rollup.pass(A)
  const args = [right.id, right.end] as const
  const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'confirm', args })
  await next.call(BUILDER, { to: next.contracts.assertionChain, data })
  expect(await readLatestConfirmed(next.rollup.l1, next.contracts.assertionChain)).toBe(right.id)
  return { arena: next, right }
}

it('cuts assertions by the cap of blocks, and decides who ends them elsewhere', async () => {
  const arena = await start({ maxBlocksPerAssertion: 2n, fill: (rollup) => rollup.leaves(5) })
  const right = await honest(arena, HONEST)
  expect([right.end.inboxCount, arena.targetCount]).toEqual([2n, 5n])
  expect(right.end.gasSinceAssertionStart).toBeLessThan(arena.rollup.config.maxGasPerAssertion)

  const { blocks: longer } = await underCaps(arena, { maxBlocks: 3n })
  expect(await refused(arena, longer.end)).toContain('TooManyBlocks(3, 2)')
  const { blocks: shorter } = await underCaps(arena, { maxBlocks: 1n })
  expect(await refused(arena, shorter.end)).toContain(`EndsTooEarly(1, 5, ${shorter.end.gasSinceAssertionStart})`)
  expect(await refused(arena, { ...right.end, status: blockStatus.blockEnd })).toContain('WrongEndStatus')
  await decides(arena, right, await early(arena, 1n), 0)

  // The next goes on to the same target, is cut too, and disputed there; then the last.
  const second = await arena.on(right)
  const right2 = await honest(second, HONEST)
  expect([right2.end.inboxCount, second.targetCount]).toEqual([4n, 5n])
  await decides(second, right2, await early(second, 1n), 0)
  const { right: right3 } = await goOn(second, right2)
  expect([right3.end.inboxCount, right3.end.number]).toEqual([5n, arena.rollup.config.genesisState.number + 5n])
})

it('cuts assertions by the cap of gas, and decides who ends them elsewhere', async () => {
  const arena = await start({
    maxGasPerAssertion: MAX_GAS,
    async fill(rollup) {
      const user = l2User(rollup)
      const transfers = async () => [await user({ to: testAddress(7), value: 1n }), await user({ to: testAddress(8) })]
      await postBlocks(rollup, [await transfers(), await transfers(), await transfers(), await transfers()])
    },
  })
  const right = await honest(arena, HONEST)
  expect([right.end.inboxCount, arena.targetCount]).toEqual([3n, 4n])
  expect(right.end.gasSinceAssertionStart).toBe(126_000n)

  const { blocks: shorter } = await underCaps(arena, { maxBlocks: 2n })
  expect(await refused(arena, shorter.end)).toContain('EndsTooEarly(2, 4, 84000)')
  await takenBack(arena, async () => decides(arena, right, await early(arena, 2n), 1))
  const further = await underCaps(arena, { maxGas: 10n * MAX_GAS })
  expect(further.blocks.end.inboxCount).toBe(4n)
  await decides(arena, right, await believer(further, LIAR), 2)

  const { arena: next, right: last } = await goOn(arena, right)
  expect([last.end.inboxCount, next.targetCount, last.end.gasSinceAssertionStart]).toEqual([4n, 4n, 42_000n])
})
