import { toFunctionSelector } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Anvil, startAnvil } from './anvil.ts'
import { counter, countOf, placeContracts, startManager, until } from './setup.ts'

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
  await placeContracts(anvil, toFunctionSelector('NotAllowed(uint256)'))
})
afterAll(() => anvil.stop())

it('forgets the bytes of what was settled long ago, and keeps the promise of its key', async () => {
  const intent = { key: 'a', to: counter, data: '0x1234' } as const
  const first = await startManager(anvil)
  const sent = first.manager.send(intent)
  await until(() => first.ofType('published').length === 1)
  await anvil.mine(2)
  const receipt = await sent
  expect(first.store.get('a')).toMatchObject({ data: '0x1234' })
  await first.close()

  const { privateKey, path } = first
  const again = await startManager(anvil, { privateKey, path, config: { keepSettledMs: 0 } })
  await until(() => again.store.get('a')?.data === '0x', 'the pruning')
  expect(again.store.get('a')?.attempts).toMatchObject([{ raw: '0x' }])
  expect(await again.manager.send(intent)).toEqual(receipt)
  await expect(again.manager.send({ ...intent, data: '0x5678' })).rejects.toMatchObject({ code: 'tx.key-conflict' })
  expect(await countOf(anvil)).toBe(1)
  await again.close()
})
