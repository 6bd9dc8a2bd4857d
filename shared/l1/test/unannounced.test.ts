import type { BlockState, Hash } from '@crema/protocol'
import { expect, it } from 'vitest'
import { type ProposedAssertion, tipsOf } from '../src/index.ts'

const id = (at: number): Hash => `0x${at.toString(16).padStart(64, '0')}`
const assertion = (at: number, parent: number, traceRoot?: Hash): ProposedAssertion => ({
  ...{ id: id(at), parentId: id(parent), traceRoot, bondId: id(0), proposer: `0x${'01'.repeat(20)}` },
  ...{ end: {} as BlockState, l1BlockNumber: 1n, l1BlockHash: id(0), l1TransactionHash: id(0) },
})

it('are those below which no first child was announced, whether or not a rival was', () => {
  expect(tipsOf([assertion(1, 0), assertion(2, 1), assertion(3, 1, id(9)), assertion(4, 3, id(9))], 0, [])).toEqual(
    [2, 3, 4].map(id),
  )
})

it('are asked about a bounded number at a time, all of them in turn', () => {
  const many = Array.from({ length: 150 }, (_, at) => assertion(at + 1, 0, id(9)))
  const turns = [0, 1, 2].map((turn) => tipsOf(many, turn, []))
  expect(turns.map(({ length }) => length)).toEqual([64, 64, 64])
  expect(new Set(turns.flat()).size).toBe(150)
  // A gap that lasts is told from one that is over by looking there again.
  expect(tipsOf(many, 0, [{ parentId: id(3) }, { parentId: id(100) }])).toEqual([...turns[0]!, id(100)])
})
