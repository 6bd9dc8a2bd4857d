import { beforeEach, expect, it } from 'vitest'
import { createConnectionSubscriptions } from '../../src/transport/subscriptions.ts'
import { alloc } from '../support/accounts.ts'
import { createTestRollup, type TestRollup } from '../support/test-rollup.ts'

let rollup: TestRollup
beforeEach(async () => {
  rollup = await createTestRollup(alloc)
})

it('holds the events of a subscription until the answer to its own message is out', async () => {
  const told: string[] = []
  const connection = createConnectionSubscriptions(rollup.rpc.context.feed, 10, (text) => {
    told.push(JSON.parse(text).params.subscription)
  })
  const [slow, quick] = [connection.forMessage(), connection.forMessage()]
  const first = slow.create({ kind: 'newHeads' })
  await rollup.seal({ raws: [] })
  const second = quick.create({ kind: 'newHeads' })
  quick.start()
  await rollup.seal({ raws: [] })
  expect(told).toEqual([second])
  slow.start()
  expect(told).toEqual([second, first, first])
  await rollup.seal({ raws: [] })
  expect(told.slice(3).sort()).toEqual([first, second].sort())
  connection.close()
})

it('forgets what it holds for a subscription that is cancelled first', async () => {
  const told: string[] = []
  const connection = createConnectionSubscriptions(rollup.rpc.context.feed, 10, (text) => told.push(text))
  const message = connection.forMessage()
  const id = message.create({ kind: 'newHeads' })
  await rollup.seal({ raws: [] })
  expect(connection.forMessage().cancel(id)).toBe(true)
  message.start()
  await rollup.seal({ raws: [] })
  expect(told).toEqual([])
})
