import type { PostedBond } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import { expect, it } from 'vitest'
import { createBondList } from '../src/agent/bond-list.ts'

const id = (at: number): Hash => `0x${at.toString(16).padStart(64, '0')}`
const posted = (at: number, l1BlockNumber: bigint): PostedBond => ({ id: id(at), l1BlockNumber })
const range = (from: bigint, to: bigint, items: PostedBond[] = []) => ({ from, to, newest: true, items })

it('lists what was announced or named, each once, and drops what a reorganisation took back', () => {
  const list = createBondList()
  list.commit(range(1n, 10n, [posted(1, 5n), posted(2, 9n)]))
  list.learn([id(2), id(3)])
  expect(list.open()).toEqual([id(1), id(2), id(3)])
  list.commit(range(4n, 12n, [posted(2, 9n)]))
  expect(list.open()).toEqual([id(2), id(3)])
})

it('leaves out what is released or slashed until blocks are read again that may have done it', () => {
  const list = createBondList()
  list.commit(range(1n, 10n, [posted(1, 5n), posted(2, 6n), posted(3, 7n)]))
  list.learn([id(4)])
  const statuses = ['released', 'slashed', 'active', 'released'] as const
  list.found(
    statuses.map((status, at) => ({ id: id(at + 1), status })),
    100n,
  )
  expect(list.open()).toEqual([id(3)])
  list.commit(range(101n, 164n))
  expect(list.open()).toEqual([id(3)])
  list.commit(range(100n, 165n))
  expect(list.open()).toEqual([1, 2, 3, 4].map(id))
  // Seen again at a later block, it has still been so since the first.
  list.found(
    [1, 4].map((at) => ({ id: id(at), status: 'released' as const })),
    165n,
  )
  list.found([{ id: id(2), status: 'active' }], 165n)
  list.commit(range(101n, 166n))
  expect(list.open()).toEqual([id(2), id(3)])
})
