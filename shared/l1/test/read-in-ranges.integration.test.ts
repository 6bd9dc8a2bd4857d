import type { Hash } from '@crema/protocol'
import { type Anvil, startAnvil } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRangeReader, type RangeReader, replaceRange } from '../src/read-in-ranges.ts'

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil?.stop())

const rpc = <T>(method: string, ...params: unknown[]) => anvil.client.request({ method, params } as never) as Promise<T>
const mine = (count: number) => rpc('anvil_mine', `0x${count.toString(16)}`)

interface Block {
  readonly l1BlockNumber: bigint
  readonly hash: Hash
}

/** Follows the blocks themselves; `broken` refuses ranges from a block on. */
function follower(fromBlock: bigint) {
  let blocks: Block[] = []
  const asked: [bigint, bigint][] = []
  const fault = { from: undefined as bigint | undefined }
  const reader: RangeReader = createRangeReader<Block>(anvil.client, {
    fromBlock,
    rangeBlocks: 50n,
    read: async (from, to) => {
      asked.push([from, to])
      if (fault.from !== undefined && from >= fault.from) throw new Error('range refused')
      const found: Block[] = []
      for (let number = from; number <= to; number++) {
        const { hash } = await anvil.client.getBlock({ blockNumber: number })
        found.push({ l1BlockNumber: number, hash })
      }
      return found
    },
    commit: (range) => {
      blocks = replaceRange(blocks, range)
    },
  })
  return { reader, asked, fault, blocks: () => blocks }
}

/** What L1 holds now. */
async function canonical(fromBlock: bigint): Promise<Block[]> {
  const all: Block[] = []
  const head = (await anvil.client.getBlock()).number
  for (let number = fromBlock; number <= head; number++) {
    all.push({ l1BlockNumber: number, hash: (await anvil.client.getBlock({ blockNumber: number })).hash })
  }
  return all
}

it('keeps the ranges before one that failed, goes on there, and reads again only what may have changed', async () => {
  await mine(180)
  const { reader, asked, fault, blocks } = follower(3n)
  fault.from = 100n
  await expect(reader.refresh()).rejects.toThrow('range refused')
  expect(reader.readTo()).toBe(102n)
  expect(blocks().at(-1)?.l1BlockNumber).toBe(102n)
  fault.from = undefined
  asked.length = 0
  await reader.refresh()
  expect(asked).toEqual([
    [38n, 87n],
    [88n, 137n],
    [138n, 180n],
  ])
  expect(blocks()).toEqual(await canonical(3n))
  expect([reader.readTo(), reader.rereadFrom()]).toEqual([180n, 116n])
})

it('keeps what it knew of later blocks while an earlier range is read again', async () => {
  const { reader, fault, blocks } = follower(3n)
  await reader.refresh()
  const before = blocks()
  fault.from = 166n
  await expect(reader.refresh()).rejects.toThrow('range refused')
  expect(blocks()).toEqual(before)
})

it('follows reorganisations, also to a shorter chain', async () => {
  const snapshot = await rpc<Hash>('evm_snapshot')
  await mine(20)
  const { reader, blocks } = follower(3n)
  await reader.refresh()
  const old = blocks().at(-1)!
  await rpc('evm_revert', snapshot)
  await rpc('evm_increaseTime', 77)
  await mine(10)
  await reader.refresh()
  expect(blocks()).toEqual(await canonical(3n))
  await mine(10)
  await reader.refresh()
  expect(blocks()).toEqual(await canonical(3n))
  expect(blocks().at(-1)).not.toEqual(old)
})

it('follows a reorganisation that goes deeper than what it reads again anyway, also to a longer chain', async () => {
  const snapshot = await rpc<Hash>('evm_snapshot')
  const { reader, asked, blocks } = follower(3n)
  for (let looks = 0; looks < 4; looks++) {
    await mine(50)
    await reader.refresh()
  }
  const old = blocks()
  await rpc('evm_revert', snapshot)
  await rpc('evm_increaseTime', 78)
  await mine(300)
  asked.length = 0
  await reader.refresh()
  expect(blocks()).toEqual(await canonical(3n))
  // From behind the last block that both chains have and that is remembered, not from the start.
  const shared = old.filter((block, i) => blocks()[i]?.hash === block.hash).at(-1)!
  expect(asked[0]![0]).toBeGreaterThan(shared.l1BlockNumber - 100n)
  expect(asked[0]![0]).toBeLessThanOrEqual(shared.l1BlockNumber + 1n)
})
