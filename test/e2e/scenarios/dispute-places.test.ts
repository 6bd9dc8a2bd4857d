// Scenarios 2 to 10, 12 and 13 of disputes: a lie at the first, a middle and the last index of every level (block, transaction, step), at a block's and the assertion's seal, and in every
// padding; each played by both sides to the step that L1 executes, the honest side now the first child and now the rival.
import { bytesToHex } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { decideDuel, takenBack } from '../support/arena/decide.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { stepsOf } from '../support/arena/find-step.ts'
import { commitmentOf } from '../support/arena/play.ts'
import type { Padding } from '../support/arena/prolong.ts'

const [HONEST, LIAR] = [10, 11] as const
const program = `0x${'d0'.repeat(20)}` as const
/** Stores, loads, logs and hashes. */
const code = '0x335f555f54505f5f555f5fa060205f2050'

let arena: Arena
let right: Contender
/** Micro-ops of each segment of each block. */
const shape: number[][] = []

beforeAll(async () => {
  arena = await startArena({
    prefunded,
    genesisAccounts: { [program]: { nonce: 1n, code } },
    async fill(rollup) {
      const user = l2User(rollup)
      const call = () => user({ to: program, gas: 100_000n })
      await rollup.leaves(1)
      await postBlocks(rollup, [[await call(), await call(), await call()], [await user({ to: testAddress(7) })]])
    },
  })
  right = await honest(arena, HONEST)
  for (const { b, x } of stepsOf(arena)) {
    const segments = shape[b] ?? []
    shape[b] = segments
    segments[x] = (segments[x] ?? 0) + 1
  }
}, 120_000)

afterAll(() => arena?.rollup.close())

const last = (list: readonly unknown[]): number => list.length - 1
type Place = readonly [b: number, x: number, i: number, padding?: Padding]
/** Each is a function of the shape, which is known once the arena stands. Block 1 holds begin, three transactions, seal. */
const lies: readonly (readonly [name: string, place: () => Place])[] = [
  ['the first micro-op of the assertion', () => [0, 0, 0]],
  ['the begin of the middle block', () => [1, 0, 0]],
  ['the begin of the last block', () => [last(shape), 0, 0]],
  ['the end of the first block', () => [0, last(shape[0]!), shape[0]!.at(-1)! - 1]],
  ['the first transaction', () => [1, 1, 0]],
  ['a middle step of the first transaction', () => [1, 1, shape[1]![1]! >> 1]],
  ['the last step of the first transaction', () => [1, 1, shape[1]![1]! - 1]],
  ['the middle transaction', () => [1, 2, 0]],
  ['the last transaction', () => [1, 3, 0]],
  ['the last step of the last transaction', () => [1, 3, shape[1]![3]! - 1]],
  ['the begin of the seal', () => [1, 4, 0]],
  ['the end of the middle block', () => [1, 4, shape[1]![4]! - 1]],
  ['the end of the assertion', () => [last(shape), last(shape.at(-1)!), shape.at(-1)!.at(-1)! - 1]],
  ['nothing behind a segment', () => [1, 2, shape[1]![2]!, { behind: 'segment', b: 1, x: 2 }]],
  ['nothing behind a block', () => [1, shape[1]!.length, 0, { behind: 'block', b: 1 }]],
  ['nothing behind the assertion', () => [shape.length, 0, 0, { behind: 'assertion' }]],
]

it.each(lies.map(([name, place], at) => [name, place, at % 2 === 0 ? 'rival' : 'first'] as const))(
  'executes %s on L1',
  async (_, place, role) => {
    const [b, x, i, padding] = place()
    const wrong = await liar(arena, LIAR, { b, x, i }, padding === undefined ? {} : { padding })
    await takenBack(arena, async () => {
      const [first, rival] = role === 'first' ? [right, wrong] : [wrong, right]
      const { moves, proven, eliminated } = await decideDuel(arena, first, rival)
      expect(moves).toBe(13)
      expect(eliminated).toEqual([commitmentOf(wrong)])
      expect(proven).toMatchObject([
        {
          pos: (BigInt(b) << 36n) | (BigInt(x) << 24n) | BigInt(i),
          stateBefore: bytesToHex(right.trace.stateBefore(b, x, i)),
          stateAfter: bytesToHex(right.trace.stateAfter(b, x, i)),
          right: role === 'first' ? [false, true] : [true, false],
        },
      ])
    })
  },
)
