import { createDisputeBook } from '@crema/l1'
import { type Anvil, startAnvil } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createToyRollup, rpc } from './model/toy-rollup.ts'

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil?.stop())

it('forgets what stands on a parent once nothing of it is read again, and then for good', async () => {
  const { contracts, config, parentId, ...rollup } = await createToyRollup(anvil, 10n ** 16n, 3_600n)
  const child = await rollup.child([[3, 20], [5]])
  await rollup.propose(5, child)
  const book = createDisputeBook(anvil.client, { contracts, fromBlock: config.l1StartBlock })
  const known = () => book.assertions().map(({ id }) => id)
  await book.refresh()
  book.forget(parentId)
  expect(known()).toEqual([child.id])
  await rpc(anvil.client, 'anvil_mine', '0x50')
  await book.refresh()
  book.forget(parentId)
  expect(known()).toEqual([])
  await book.refresh()
  expect(known()).toEqual([])
})
