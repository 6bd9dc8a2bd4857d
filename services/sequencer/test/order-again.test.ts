import { expect, it } from 'vitest'
import { laneA } from './support/committee.ts'
import { ordered, running } from './support/running.ts'
import { tempDir } from './support/temp-dir.ts'
import { transfer } from './support/transactions.ts'

const { lane } = laneA

it('orders a transaction once more after the wait, and keeps it over a restart before that', async () => {
  const dataDir = tempDir()
  const first = await running({ dataDir, orderAgainMs: 0 })
  const hash = await first.client.submit(lane, transfer())
  expect(await ordered(first.client, lane, hash)).toMatchObject({ laneHeight: 1n })
  await first.close()

  const slow = await running({ dataDir, orderAgainMs: 0, blockTimeMs: 600_000 })
  await slow.client.submit(lane, transfer())
  expect(await slow.client.status(lane, hash)).toEqual({ stage: 'pending' })
  await slow.close()

  const second = await running({ dataDir, orderAgainMs: 0, blockTimeMs: 20 })
  expect(await ordered(second.client, lane, hash)).toMatchObject({ laneHeight: 2n })
  await second.close()

  const third = await running({ dataDir, orderAgainMs: 3_600_000, blockTimeMs: 20 })
  expect(await third.client.status(lane, hash)).toMatchObject({ stage: 'ordered', laneHeight: 2n })
  await expect(third.client.submit(lane, transfer())).rejects.toMatchObject({ details: { reason: 'ALREADY_KNOWN' } })
})
