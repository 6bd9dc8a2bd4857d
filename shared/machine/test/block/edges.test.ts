import { encodePayload } from '@crema/protocol'
import { expect, it } from 'vitest'
import { edgeAlloc, edgeBlocks } from './edge-blocks.ts'
import { createPair } from './support.ts'

it('edges of deposits, creations, calls, authorizations and precompiles come to what @crema/execution makes of them', async () => {
  const pair = await createPair(edgeAlloc())
  let index = 0
  for (const { entries, deposits } of edgeBlocks()) {
    const { expected, actual } = await pair.run(pair.next({ payload: encodePayload(entries), deposits }))
    expect(actual.block.skipped).toEqual(expected.skipped)
    expect(actual.block.receipts).toEqual(expected.receipts)
    expect(actual.block.hash).toBe(expected.hash)
    index++
  }
  expect(index).toBe(3)
}, 60_000)
