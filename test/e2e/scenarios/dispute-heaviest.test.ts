// Scenario 35 of disputes: the heaviest steps in duels, `prove` within 12 million gas and 122,880 bytes of calldata: the longest code and init code, the deepest call, the longest transaction, EXP
// with all bits set, MODEXP at its limits. Further ones: `npm run soak -- --disputes --heaviest`.
import { payloadEntries } from '@crema/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { decideDuel, takenBack } from '../support/arena/decide.ts'
import type { NamedStep } from '../support/arena/find-step.ts'
import { heaviestArena, heaviestSteps, postHeaviest, proveLimits } from '../support/arena/heaviest-steps.ts'
import { commitmentOf } from '../support/arena/play.ts'

const [HONEST, LIAR] = [10, 11] as const
const MODEXP = 'modexp, 98,304 bytes'

let arena: Arena
let right: Contender
let steps: ReadonlyMap<string, NamedStep>

beforeAll(async () => {
  arena = await startArena({ ...heaviestArena, fill: (rollup) => postHeaviest(rollup, [MODEXP]) })
  right = await honest(arena, HONEST)
  steps = heaviestSteps(arena, [MODEXP])
}, 120_000)

afterAll(() => arena?.rollup.close())

it('has a transaction and calls that are as large and deep as they get', () => {
  const [longest] = payloadEntries(arena.blocks.block(1).payload)
  expect(longest!.bytes.length).toBe(98_304)
  // 63 of 64 parts of the gas go on with each call (EIP-150): 2^24 do not take one to depth 1,024.
  expect(steps.get('CALL in the deepest frame')!.depth).toBeGreaterThan(450)
})

for (const name of [
  'EXP with all bits set, in the longest init code',
  'CREATE with the longest init code, in the longest init code',
  'JUMP to the end of the longest code',
  'CALL in the deepest frame',
  'loading the longest transaction',
  'sealing the longest transaction',
  `precompile ${MODEXP}`,
]) {
  it(`executes ${name} on L1`, async () => {
    const place = steps.get(name)!
    const wrong = await liar(arena, LIAR, place)
    const from = arena.sent.length
    await takenBack(arena, async () => {
      const { moves, eliminated } = await decideDuel(arena, right, wrong)
      expect({ moves, eliminated }).toEqual({ moves: 13, eliminated: [commitmentOf(wrong)] })
    })
    const prove = arena.sent.slice(from).find(({ kind }) => kind === 'prove')!
    expect(prove.gasUsed).toBeLessThanOrEqual(proveLimits.gas)
    expect(prove.bytes).toBeLessThanOrEqual(proveLimits.bytes)
  })
}
