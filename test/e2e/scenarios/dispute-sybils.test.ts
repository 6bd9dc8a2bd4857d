// Scenarios 15 and 16 of disputes: sybils that never move, and sybils that play to the end, all at once. The time to the settlement stays flat, one stake stands against all of them, and the pot
// pays what it costs. More of them: `npm run soak -- --disputes --sybils N`.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Arena, Contender } from '../support/arena/arena.ts'
import { honest } from '../support/arena/contenders.ts'
import { isPaid } from '../support/arena/sybil-report.ts'
import { playSybils, startSybilArena } from '../support/arena/sybils.ts'

const HONEST = 10
const A = 3_600n

let arena: Arena
let right: Contender

beforeAll(async () => {
  arena = await startSybilArena(A)
  right = await honest(arena, HONEST)
}, 120_000)

afterAll(() => arena?.rollup.close())

for (const [name, plays, count, proven] of [
  ['times silent sybils out', false, 8, [0, 0]],
  ['proves against sybils that play to the end', true, 3, [1, 3]],
] as const) {
  it(`${name}, however many`, async () => {
    const runs = [await playSybils(arena, right, { count: 1, plays })]
    runs.push(await playSybils(arena, right, { count, plays }))
    expect(runs.map((run) => run.proven)).toEqual(proven)
    expect(runs[1]!.seconds).toBe(runs[0]!.seconds)
    const { stake } = arena.rollup.config
    for (const run of runs) expect({ ...run, isPaid: isPaid(run, stake) }).toMatchObject({ isPaid: true })
  }, 120_000)
}
