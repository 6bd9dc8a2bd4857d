import { blockStatus } from '@crema/protocol'
import { expect, it } from 'vitest'
import { endBlock, type SealedHeader } from '../../src/index.ts'
import { createPair, word } from './support.ts'

const before = {
  number: 41n,
  blockHash: word(1n),
  stateRoot: word(2n),
  withdrawalsRoot: word(3n),
  inboxCount: 40n,
  gasSinceAssertionStart: 900n,
  status: blockStatus.blockEnd,
}

async function sealed(gasUsed: bigint): Promise<SealedHeader> {
  const { head } = await createPair({})
  return { ...head, number: 42n, gasUsed }
}

it('consumes a leaf, adds gas and takes over the header', async () => {
  const header = await sealed(99n)
  expect(endBlock(before, header, { startInboxCount: 30n, targetCount: 50n, maxGas: 1_000n, maxBlocks: 12n })).toEqual({
    number: 42n,
    blockHash: header.hash,
    stateRoot: header.stateRoot,
    withdrawalsRoot: header.withdrawalsRoot,
    inboxCount: 41n,
    gasSinceAssertionStart: 999n,
    status: blockStatus.blockEnd,
  })
})

it.each([
  ['the target', { startInboxCount: 30n, targetCount: 41n, maxGas: 1_000n, maxBlocks: 12n }, 0n],
  ['gas', { startInboxCount: 30n, targetCount: 50n, maxGas: 1_000n, maxBlocks: 12n }, 100n],
  ['the number of blocks', { startInboxCount: 29n, targetCount: 50n, maxGas: 1_000n, maxBlocks: 12n }, 0n],
])('ends the assertion at %s, not before', async (_, context, gas) => {
  const header = await sealed(gas)
  expect(endBlock(before, header, context).status).toBe(blockStatus.assertionEnd)
  const { startInboxCount, targetCount, maxBlocks } = context
  const later = { startInboxCount: startInboxCount + 1n, targetCount: targetCount + 1n, maxGas: 1_001n, maxBlocks }
  expect(endBlock(before, header, later).status).toBe(blockStatus.blockEnd)
})
