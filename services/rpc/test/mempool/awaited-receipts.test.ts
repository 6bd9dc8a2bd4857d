import { beforeEach, describe, expect, it } from 'vitest'
import { createAwaitedReceipts } from '../../src/mempool/awaited-receipts.ts'
import { alloc, signed, transfer } from '../support/accounts.ts'
import { request } from '../support/client.ts'
import { createTestRollup, type TestRollup } from '../support/test-rollup.ts'

const PATIENCE = 6_000

let now: number
let rollup: TestRollup

beforeEach(async () => {
  now = 1_700_000_000_000
  rollup = await createTestRollup(alloc, { now: () => now })
})

const send = (nonce = 0n) => request<string>(rollup.rpc, 'eth_sendRawTransaction', signed(transfer({ nonce })))
const receipt = (hash: string) => request(rollup.rpc, 'eth_getTransactionReceipt', hash)
const overdue = () => rollup.rpc.context.awaited.overdue()

describe('a receipt that was asked for too early', () => {
  it('is overdue when nobody comes back for it and no block follows', async () => {
    const hash = await send()
    expect(await receipt(hash)).toBeNull()
    now += PATIENCE
    expect(overdue()).toBe(false)
    await rollup.seal()
    now += PATIENCE - 1
    expect(overdue()).toBe(false)
    now += 1
    expect(overdue()).toBe(true)
    await rollup.seal({ raws: [] })
    expect(overdue()).toBe(false)
  })

  it('is not once it was served', async () => {
    const hash = await send()
    await receipt(hash)
    await rollup.seal()
    expect(await receipt(hash)).toMatchObject({ status: '0x1' })
    now += PATIENCE
    expect(overdue()).toBe(false)
  })

  it('is still when only another one was served', async () => {
    const [first, second] = [await send(0n), await send(1n)]
    await receipt(first)
    await receipt(second)
    await rollup.seal()
    await receipt(second)
    now += PATIENCE
    expect(overdue()).toBe(true)
  })

  it('needs no block when nobody asked', async () => {
    await send()
    await rollup.seal()
    now += PATIENCE
    expect(overdue()).toBe(false)
  })
})

it('asks the sequencer for a block when a receipt is overdue, and only then', async () => {
  rollup = await createTestRollup(alloc, { now: () => now, limits: { wakeInterval: 5 } })
  const hash = await send()
  await receipt(hash)
  await rollup.seal()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(rollup.sequencer.takeHeartbeat()).toBe(false)
  now += PATIENCE
  await expect.poll(() => rollup.sequencer.takeHeartbeat(), { timeout: 10_000 }).toBe(true)
  await rollup.seal({ raws: [] })
  rollup.sequencer.takeHeartbeat()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(rollup.sequencer.takeHeartbeat()).toBe(false)
  rollup.rpc.close()
})

it('remembers the last 10,000 hashes only', async () => {
  await send()
  const block = await rollup.seal()
  const { hash } = block.transactions[0]!
  const later = (count: number) => {
    const awaited = createAwaitedReceipts(() => now)
    awaited.missed(hash)
    for (let i = 0; i < count; i++) awaited.missed(`0x${i.toString(16).padStart(64, '0')}`)
    awaited.included(block)
    now += PATIENCE
    return awaited.overdue()
  }
  expect(later(9_999)).toBe(true)
  expect(later(10_000)).toBe(false)
})
