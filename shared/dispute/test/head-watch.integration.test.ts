import { createReadiness } from '@crema/service-kit'
import { type Anvil, startAnvil } from '@crema/testing'
import { expect, it, onTestFinished } from 'vitest'
import { createHeadWatch } from '../src/node/head-watch.ts'

const MAX = 300

/** A watch of an anvil with a clock that is set by hand, seconds after L1's newest block. */
async function watched() {
  const anvil = await startAnvil()
  onTestFinished(() => anvil.stop())
  const readiness = createReadiness()
  let now = 0
  const clock = { nowSeconds: () => now }
  const watch = createHeadWatch({ l1: anvil.client, clock, readiness, maxAgeSeconds: MAX, pollMs: 1_000 })
  const at = async (secondsAfterHead: number): Promise<void> => {
    now = Number((await anvil.client.getBlock()).timestamp) + secondsAfterHead
  }
  const later = (seconds: number): void => {
    now += seconds
  }
  return { anvil, readiness, watch, at, later }
}

async function mineAfter({ client }: Anvil, seconds: number): Promise<void> {
  await client.request({ method: 'evm_increaseTime' as never, params: [seconds] as never })
  await client.request({ method: 'evm_mine' as never })
}

it('tells of an endpoint that answers with the same block for too long, until it goes on', async () => {
  const { anvil, readiness, watch, at, later } = await watched()
  expect(watch.alerts()).toEqual([])
  for (const age of [-3_600, 0, MAX]) {
    await at(age)
    await watch.look()
    expect({ age, reasons: readiness.reasons(), alerts: watch.alerts() }).toEqual({ age, reasons: [], alerts: [] })
  }
  later(1)
  await watch.look()
  expect(readiness.reasons()).toEqual([
    expect.stringMatching(/^l1: the newest L1 block, 0, is 301 s old, more than 300/),
  ])
  const { number, timestamp } = await anvil.client.getBlock()
  const details = { block: number, timestamp, ageSeconds: MAX + 1, maxAgeSeconds: MAX }
  expect(watch.alerts()).toEqual([{ code: 'l1-stale', severity: 'critical', about: 'l1', details }])
  await mineAfter(anvil, 60)
  await watch.look()
  expect(readiness.reasons()).toEqual([])
  expect(watch.alerts()).toEqual([])
})

it('tells of an endpoint that says nothing any more as well', async () => {
  const { anvil, readiness, watch, at, later } = await watched()
  await at(0)
  await watch.look()
  await anvil.stop()
  later(MAX)
  await expect(watch.look()).rejects.toMatchObject({ code: 'L1_UNREACHABLE' })
  expect(readiness.reasons()).toEqual([])
  later(1)
  await expect(watch.look()).rejects.toMatchObject({ code: 'L1_UNREACHABLE' })
  expect(readiness.reasons()).toHaveLength(1)
  expect(watch.alerts()).toHaveLength(1)
})
