import { hashWords } from '@crema/protocol'
import { expect, it } from 'vitest'
import { tellDuel } from '../src/explain/told-duel.ts'

const zero = `0x${'00'.repeat(32)}` as const
const hash = (n: number) => hashWords(zero, n)
const side = (n: number, wasEliminated: boolean) =>
  ({
    id: hash(n),
    assertionId: hash(n + 10),
    staker: `0x${'0'.repeat(39)}${n}`,
    status: 'resolved',
    wasEliminated,
  }) as never
const credit = { side: 0, mover: `0x${'ee'.repeat(20)}`, amount: 5n }
const transaction = { l1TransactionHash: hash(50) }

it('tells a decided duel by its events alone', () => {
  const pos = (2n << 36n) | (3n << 24n) | 7n
  const events = [
    { kind: 'started', credit, ...transaction },
    { kind: 'revealed', pos: 0n, depth: 4, credit, ...transaction },
    { kind: 'proven', pos, stateBefore: hash(1), stateAfter: hash(2), right: [true, false], credit, ...transaction },
    { kind: 'eliminated', id: hash(4), byProof: true, ...transaction },
  ] as never
  const duel = { id: hash(9), status: 'over', depth: 44, older: hash(3), newer: hash(4) } as never
  const told = tellDuel(duel, { older: side(3, false), newer: side(4, true) }, events, 100n)
  expect(told).toMatchObject({
    older: { commitment: hash(3), assertion: hash(13), status: 'resolved' },
    newer: { commitment: hash(4), assertion: hash(14), status: 'eliminated' },
    proven: { place: { b: 2, x: 3, i: 7 }, before: hash(1), after: hash(2), right: { older: true, newer: false } },
  })
  expect(told.moves.map(({ kind, mover, depth }) => [kind, mover, depth])).toEqual([
    ['started', credit.mover, undefined],
    ['revealed', credit.mover, 4],
    ['proven', credit.mover, undefined],
    ['eliminated', undefined, undefined],
  ])
})
