// Scenario 34 of disputes: a lie about a step of every part of the verifier, each in a duel of 13 transactions to the step that L1 executes. All kinds of steps: `npm run soak -- --disputes`.
import { microOp } from '@crema/machine'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { opcodeName, opcodes } from '../conformance/gas/opcode-names.ts'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { decideDuel, takenBack } from '../support/arena/decide.ts'
import { everyStepAccounts, postEveryStep } from '../support/arena/every-step.ts'
import { prefunded } from '../support/arena/fill.ts'
import { firstSteps, type NamedStep } from '../support/arena/find-step.ts'
import { commitmentOf } from '../support/arena/play.ts'

const [HONEST, LIAR] = [10, 11] as const
/** One of each part: interpreter, Alu, Mem, State, Call, Create, Precompile, TxLoad, Tx, Begin, Seal. */
const chosen = [
  'JUMPI',
  'EXP',
  'copyChunk',
  'SLOAD',
  'callEnter',
  'CREATE2',
  'precompile 5',
  'txLoad',
  'txBuy',
  'blockBegin',
  'sealHeader',
]

let arena: Arena
let right: Contender
let firsts: readonly NamedStep[]

beforeAll(async () => {
  arena = await startArena({ prefunded, genesisAccounts: everyStepAccounts, fill: postEveryStep })
  right = await honest(arena, HONEST)
  firsts = firstSteps(arena)
}, 120_000)

afterAll(() => arena?.rollup.close())

it('has every instruction, micro-op and precompile', () => {
  const precompiles = [...Array.from({ length: 17 }, (_, i) => i + 1), 0x100].map((address) => `precompile ${address}`)
  const micro = Object.keys(microOp).filter((name) => name !== 'opcode' && name !== 'precompile')
  const found = new Set(firsts.map(({ op }) => op))
  const wanted = [...opcodes.map(opcodeName), ...micro, ...precompiles]
  expect(wanted.filter((op) => !found.has(op))).toEqual([])
})

it.each(chosen)('executes %s on L1', async (op) => {
  const place = firsts.find((step) => step.op === op)!
  const wrong = await liar(arena, LIAR, place)
  await takenBack(arena, async () => {
    const { moves, proven, eliminated } = await decideDuel(arena, right, wrong)
    expect(moves).toBe(13)
    expect(proven.map(({ pos }) => pos)).toEqual([
      (BigInt(place.b) << 36n) | (BigInt(place.x) << 24n) | BigInt(place.i),
    ])
    expect(eliminated).toEqual([commitmentOf(wrong)])
  })
})
