import type { DisputeDuel } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextMove, placeOf } from '../src/index.ts'
import { type Child, makeChild } from './model/children.ts'
import { startModelDuel } from './model/duel.ts'
import type { Place, Shape } from './model/traces.ts'

const shape: Shape = [
  [3, 40, 1],
  [17, 2],
  [1, 33],
]

/** First, middle and last index of every level, those before which another leaf must be opened, and those whose step before stands alone. */
const places: readonly Place[] = [
  { b: 0, x: 0, i: 0 },
  { b: 0, x: 0, i: 2 },
  { b: 0, x: 1, i: 0 },
  { b: 0, x: 1, i: 15 },
  { b: 0, x: 1, i: 16 },
  { b: 0, x: 1, i: 39 },
  { b: 0, x: 2, i: 0 },
  { b: 1, x: 0, i: 0 },
  { b: 1, x: 0, i: 16 },
  { b: 1, x: 1, i: 1 },
  { b: 2, x: 0, i: 0 },
  { b: 2, x: 1, i: 0 },
  { b: 2, x: 1, i: 32 },
]

function playOut(first: Child, rival: Child) {
  const game = startModelDuel(shape, first, rival)
  let moves = 0
  while (game.duel().status !== 'over') {
    game.model.now += 7n
    game.play()
    moves++
  }
  const losers = game.model.state().commitments.filter(({ wasEliminated }) => wasEliminated)
  return { moves, losers: losers.map(({ assertionId }) => assertionId), place: placeOf(Number(game.duel().pos)) }
}

describe('a duel played to its end', () => {
  it.each(places)('finds the lie at $b, $x, $i in 13 moves, whoever is older', async (place) => {
    const right = await makeChild(shape)
    const wrong = await makeChild(shape, { ...place, salt: 1 })
    expect(playOut(right, wrong)).toEqual({ moves: 13, losers: [wrong.id], place })
    expect(playOut(wrong, right)).toEqual({ moves: 13, losers: [wrong.id], place })
  })

  it.each([
    [[[5, 40, 1], ...shape.slice(1)], { b: 0, x: 0, i: 3 }],
    [[[3, 40], ...shape.slice(1)], { b: 0, x: 2, i: 0 }],
    [[...shape.slice(0, 1), [17], ...shape.slice(2)], { b: 1, x: 1, i: 0 }],
    [[...shape, [1]], undefined],
    [shape.slice(0, 2), undefined],
  ] as const)('decides about executions that are longer or shorter (%j)', async (other, place) => {
    const right = await makeChild(shape)
    const wrong = await makeChild(other)
    for (const played of [playOut(right, wrong), playOut(wrong, right)]) {
      expect(played).toMatchObject({ moves: 13, losers: [wrong.id] })
      if (place !== undefined) expect(played.place).toEqual(place)
    }
  })

  it('eliminates both of two that are wrong', async () => {
    const one = await makeChild(shape, { b: 0, x: 1, i: 5, salt: 1 })
    const two = await makeChild(shape, { b: 0, x: 1, i: 5, salt: 2 })
    expect(new Set(playOut(one, two).losers)).toEqual(new Set([one.id, two.id]))
  })
})

describe('told something wrong of a duel', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b): Hash => `0x${Buffer.from(b).toString('hex')}`)
  const damage: fc.Arbitrary<(duel: DisputeDuel) => DisputeDuel> = fc.oneof(
    fc.constant((duel: DisputeDuel) => ({ ...duel, children: undefined })),
    fc.tuple(fc.nat(15), hash).map(([at, node]) => (duel: DisputeDuel) => ({
      ...duel,
      children: duel.children?.with(at, node),
    })),
    fc.constant((duel: DisputeDuel) => ({ ...duel, children: duel.children?.slice(1) })),
    fc.constant((duel: DisputeDuel) => ({ ...duel, children: duel.children?.toReversed() })),
    hash.map((opened) => (duel: DisputeDuel) => ({ ...duel, opened })),
    hash.map((unopened) => (duel: DisputeDuel) => ({ ...duel, unopened })),
    fc.nat(60).map((depth) => (duel: DisputeDuel) => ({ ...duel, depth })),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((pos) => (duel: DisputeDuel) => ({ ...duel, pos })),
    fc.constant((duel: DisputeDuel): DisputeDuel => ({ ...duel, turn: duel.turn === 0 ? 1 : 0 })),
  )

  it('makes the right move or none, never another', async () => {
    const right = await makeChild(shape)
    const wrong = await makeChild(shape, { b: 1, x: 0, i: 16, salt: 1 })
    fc.assert(
      fc.property(fc.nat(11), damage, fc.boolean(), (moves, harm, isFirst) => {
        const game = isFirst ? startModelDuel(shape, right, wrong) : startModelDuel(shape, wrong, right)
        for (let at = 0; at <= moves; at++) game.play()
        const duel = game.duel()
        const side = duel.turn
        const trace = [isFirst ? wrong.trace : right.trace, isFirst ? right.trace : wrong.trace][side]!
        const harmed = harm(duel)
        const move = nextMove(harmed, trace, side)
        if (move.isMove) expect(move).toEqual(game.due())
        else expect(JSON.stringify(harmed, asText)).not.toBe(JSON.stringify(duel, asText))
      }),
      { numRuns: 300 },
    )
  })

  it('says what is wrong', async () => {
    const right = await makeChild(shape)
    const wrong = await makeChild(shape, { b: 1, x: 0, i: 16, salt: 1 })
    const game = startModelDuel(shape, right, wrong)
    game.play()
    const duel = game.duel()
    const refusal = (of: DisputeDuel, trace = wrong.trace) => {
      const move = nextMove(of, trace, 0)
      return move.isMove ? 'moved' : move.refusal
    }
    expect(refusal(duel)).toBe('moved')
    expect(refusal({ ...duel, children: undefined })).toBe('children-missing')
    expect(refusal({ ...duel, children: duel.children!.toReversed() })).toBe('children-do-not-fold')
    expect(refusal(duel, right.trace)).toBe('not-our-node')
    expect(refusal({ ...duel, unopened: duel.opened }, right.trace)).toBe('no-divergence')
    expect(refusal({ ...duel, turn: 1 })).toBe('not-to-move')
    expect(refusal({ ...duel, depth: 4 })).toBe('impossible-state')
    const lying = { ...right.trace, proveStep: () => ({ ...right.trace.proveStep(0, 0, 0) }) }
    while (game.duel().depth < 44) game.play()
    const last = nextMove(game.duel(), lying, 1)
    expect(last).toMatchObject({ isMove: false, refusal: 'proof-differs-from-trace' })
  })
})

const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)
