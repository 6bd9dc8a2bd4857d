// Scenario 27 of disputes: the sequencer censors a user, who has a transaction forced in; whoever asserts a state without it loses, and the user takes its ether to L1 under what is confirmed.
import { inboxAbi, readOriginHeader } from '@crema/l1'
import { blockStatus, encodePayload, predeploys } from '@crema/protocol'
import { forceInclude, testAccount, testAddress } from '@crema/testing'
import { parseEther } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, misled } from '../support/arena/contenders.ts'
import { decideDuel, takenBack } from '../support/arena/decide.ts'
import { depositTo, l2User, lanePoster, prefunded, USER } from '../support/arena/fill.ts'
import { commitmentOf } from '../support/arena/play.ts'
import { expectTruth } from '../support/arena/truth.ts'
import { finalizeCall, proofOf, proveCall, withdrawalsOf, withdrawTo } from '../support/arena/withdrawals.ts'

const [HONEST, LIAR, FORCER] = [10, 11, 12] as const
const VALUE = parseEther('0.25')
const FORCE_DELAY = 300
/** Nobody else's, on L1. */
const target = testAddress(42)

let arena: Arena
let right: Contender

beforeAll(async () => {
  arena = await startArena({
    prefunded,
    forceDelay: BigInt(FORCE_DELAY),
    async fill(rollup) {
      const { l1, l1Url, config } = rollup
      const call = { to: predeploys.l2ToL1MessagePasser, mint: VALUE, value: VALUE, gas: 200_000n }
      await depositTo(rollup, { account: USER, ...call, data: withdrawTo(target) })
      // It has ordered the user's transfer, never names an L1 block that has the deposit, and so keeps it out for as long as it likes.
      const user = l2User(rollup)
      const blocks = [await user({ to: testAddress(7), value: 1n }), await user({ to: testAddress(8), value: 2n })]
      await lanePoster(rollup).post(blocks.map((entry) => ({ payload: encodePayload([entry]) })))
      const { hash } = await l1.getBlock()
      const early = l1.simulateContract({
        ...{ account: testAddress(FORCER), address: config.l1Contracts.inbox, abi: inboxAbi },
        ...{ functionName: 'forceInclude', args: [await readOriginHeader(l1, hash)], blockTag: 'pending' },
      })
      await expect(early).rejects.toThrow('NothingToForce')
      await rollup.pass(FORCE_DELAY)
      await forceInclude(l1, l1Url, testAccount(FORCER), config)
      await rollup.settle()
    },
  })
  right = await honest(arena, HONEST)
}, 120_000)

afterAll(() => arena?.rollup.close())

/** The Inbox has it, as its last leaf. */
it('has the deposit that the sequencer kept out, by a forced leaf alone', () => {
  const leaves = Array.from({ length: arena.blocks.count }, (_, b) => arena.blocks.block(b))
  expect(leaves.map(({ leaf, deposits }) => [leaf.kind, deposits.length])).toEqual([
    [0, 0],
    [0, 0],
    [1, 1],
  ])
})

it('does not let an assertion end before it', async () => {
  const { number, blockHash, stateRoot, withdrawalsRoot, inboxCount } = arena.blocks.block(2).before
  const before = { number, blockHash, stateRoot, withdrawalsRoot, inboxCount, gasSinceAssertionStart: 42_000n }
  const end = { ...before, status: blockStatus.assertionEnd }
  const early = arena.propose({ account: LIAR, id: await arena.idOf(end), end })
  await expect(early).rejects.toThrow(/EndsTooEarly\(2, 3, 42000\)/)
})

for (const [name, change] of [
  ['leaves it out', (block) => ({ ...block, deposits: [], depositSiblings: [] })],
  [
    'has an empty block of the sequencer in its place',
    ({ leaf, ...block }) => ({
      ...block,
      leaf: { ...leaf, kind: 0, depositEnd: leaf.depositStart },
      deposits: [],
      depositSiblings: [],
    }),
  ],
] as const satisfies readonly (readonly [string, Parameters<typeof misled>[2]])[]) {
  it(`decides against who ${name}; the user withdraws`, () =>
    takenBack(arena, async () => {
      const deceived = await misled(arena, LIAR, change)
      expect(deceived.id).not.toBe(right.id)
      const { moves, eliminated } = await decideDuel(arena, deceived, right)
      expect({ moves, eliminated }).toEqual({ moves: 13, eliminated: [commitmentOf(deceived)] })
      await expectTruth(arena, right, [deceived])
      const [withdrawal] = withdrawalsOf(arena)
      expect(withdrawal!.sender.toLowerCase()).toBe(testAddress(USER))
      await arena.call(USER, proveCall(arena, right, withdrawal!, await proofOf(arena, right.end, withdrawal!)))
      await arena.call(USER, finalizeCall(arena, withdrawal!))
      expect(await arena.rollup.l1.getBalance({ address: target })).toBe(VALUE)
    }))
}
