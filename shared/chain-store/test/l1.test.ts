import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DepositLimits, L1Batch } from '../src/index.ts'
import { l1Start, makeL1Steps, toBatch } from './support/l1.ts'
import { codeOf, openTemporary } from './support/store.ts'

const seeds = (length: number, from = 1) => Array.from({ length }, (_, i) => from + i)

describe('appendL1', () => {
  const steps = makeL1Steps(l1Start, seeds(20))
  const all = toBatch(steps)

  it('returns deposits, leaves, events and blocks as appended', () => {
    const store = openTemporary()
    for (const step of steps) store.appendL1(toBatch([step]))
    expect(store.depositCount()).toBe(BigInt(all.deposits.length))
    expect(store.deposits(0n, store.depositCount())).toEqual(all.deposits)
    expect(store.deposits(3n, 5n)).toEqual(all.deposits.slice(3, 5))
    expect(store.deposits(5n, 5n)).toEqual([])
    expect(codeOf(() => store.deposits(0n, store.depositCount() + 1n))).toBe('MISSING_DEPOSIT')
    expect(store.leafCount()).toBe(BigInt(all.leaves.length))
    for (const leaf of all.leaves) expect(store.leaf(leaf.index)).toEqual(leaf)
    const hashes = all.leaves.map(({ leafHash }) => leafHash)
    expect(store.leafHashes(0n, store.leafCount() + 5n)).toEqual(hashes)
    expect(store.leafHashes(2n, 4n)).toEqual(hashes.slice(2, 4))
    expect(store.leafHashes(4n, 2n)).toEqual([])
    expect(store.leafHashes(-1n, 2n)).toEqual([])
    expect(store.leaf(store.leafCount())).toBeUndefined()
    expect(store.leaf(-1n)).toBeUndefined()
    expect(store.l1Events('assertion.created')).toEqual(all.events)
    expect(store.l1Events('assertion.created', all.events[1]!.key)).toEqual([all.events[1]])
    expect(store.l1Events('other')).toEqual([])
    for (const block of all.blocks) {
      expect(store.l1Block(block.number)).toEqual(block)
      expect(store.l1BlockHash(block.number)).toBe(block.hash)
    }
    const last = all.blocks.at(-1)!
    expect(store.l1Cursor()).toEqual({ number: last.number, hash: last.hash })
    expect(store.l1BlockAtOrBelow(10n ** 30n)).toEqual(last)
    expect(store.l1BlockAtOrBelow(all.blocks[0]!.number - 1n)).toBeUndefined()
  })

  it('refuses what does not continue L1 and changes nothing', () => {
    const store = openTemporary()
    store.appendL1(toBatch(steps.slice(0, 10)))
    const before = store.digests().digest
    const next = toBatch(steps.slice(10, 14))
    const refusals: readonly (readonly [string, L1Batch])[] = [
      ['L1_NOT_CONNECTED', { ...next, blocks: [] }],
      ['L1_NOT_CONNECTED', toBatch(steps.slice(9, 12))],
      [
        'L1_NOT_CONNECTED',
        toBatch(makeL1Steps({ ...l1Start, parent: { ...steps[9]!.block, hash: steps[0]!.block.hash } }, [1])),
      ],
      ['L1_NOT_CONNECTED', { ...next, blocks: next.blocks.toReversed() }],
      ['L1_NOT_CONNECTED', { ...next, leaves: next.leaves.map((leaf) => ({ ...leaf, l1BlockHash: leaf.leafHash })) }],
      ['L1_GAP', { ...next, deposits: next.deposits.slice(1) }],
      ['L1_GAP', { ...next, leaves: next.leaves.slice(1) }],
      ['L1_GAP', { ...next, blocks: next.blocks.slice(0, 1) }],
      ['L1_GAP', { ...next, events: steps.slice(0, 10).flatMap(({ events }) => events) }],
      ['DUPLICATE', { ...next, events: next.events.flatMap((event) => [event, event]) }],
      ['BAD_BLOCK', { ...next, leaves: next.leaves.map((leaf) => ({ ...leaf, payload: Uint8Array.of(1, 2, 3) })) }],
    ]
    for (const [code, batch] of refusals) expect(codeOf(() => store.appendL1(batch))).toBe(code)
    expect(store.digests().digest).toBe(before)
    expect(store.l1Cursor()?.number).toBe(steps[9]!.block.number)
    store.appendL1(next)
  })

  it('forgets blocks below the history unless something stands in them', () => {
    const store = openTemporary({ l1History: 5 })
    const many = makeL1Steps(l1Start, seeds(150))
    for (const step of many) store.appendL1(toBatch([step]))
    const cursor = many.at(-1)!.block.number
    for (const { block, deposits, leaves, events } of many) {
      const kept = block.number >= cursor - 5n || deposits.length + leaves.length + events.length > 0
      expect(store.l1BlockHash(block.number)).toBe(kept ? block.hash : undefined)
    }
    expect(store.stats().l1Blocks).toBeLessThan(150)
  })
})

describe('cutL1Above', () => {
  it('makes the store as if the cut part had never been followed, and takes the other branch', () => {
    const steps = makeL1Steps(l1Start, seeds(20))
    for (let cut = 0; cut <= 20; cut++) {
      const store = openTemporary()
      const plain = openTemporary()
      store.appendL1(toBatch(steps))
      if (cut > 0) plain.appendL1(toBatch(steps.slice(0, cut)))
      const kept = steps[cut - 1]?.block
      expect(store.cutL1Above(99n + BigInt(cut))).toEqual(kept && { number: kept.number, hash: kept.hash })
      expect(store.digests()).toEqual(plain.digests())
      const at = {
        parent: kept,
        depositCount: store.depositCount(),
        leafCount: store.leafCount(),
      }
      const branch = toBatch(makeL1Steps(at, seeds(5, 1000)))
      for (const each of [store, plain]) each.appendL1(branch)
      expect(store.digests()).toEqual(plain.digests())
      expect(store.l1Cursor()).toEqual(plain.l1Cursor())
      store.close()
      plain.close()
    }
  })

  it('cuts back to a followed block when the number was not followed', () => {
    const steps = makeL1Steps(l1Start, seeds(10))
    const store = openTemporary()
    const batch = toBatch(steps)
    // Followed in two leaps: only blocks 100, 104 and 109 are known.
    store.appendL1(toBatch(steps.slice(0, 1)))
    const leap = (from: number, to: number) => ({ ...toBatch(steps.slice(from, to)), blocks: [steps[to - 1]!.block] })
    store.appendL1(leap(1, 5))
    const middle = store.digests().digest
    store.appendL1(leap(5, 10))
    expect(store.depositCount()).toBe(BigInt(batch.deposits.length))
    expect(store.cutL1Above(107n)).toEqual({ number: 104n, hash: steps[4]!.block.hash })
    expect(store.digests().digest).toBe(middle)
  })
})

describe('depositEndFor', () => {
  it('equals the definition of IDepositQueue.depositEnd', () => {
    const store = openTemporary()
    const { deposits, ...batch } = toBatch(makeL1Steps(l1Start, seeds(60)))
    store.appendL1({ ...batch, deposits })
    const naive = (limits: DepositLimits): bigint => {
      for (let end = deposits.length; end >= Number(limits.start); end--) {
        const range = deposits.slice(Number(limits.start), end)
        const gas = range.reduce((sum, { gasLimit }) => sum + gasLimit, 0n)
        const early = range.every((d) => d.l1BlockNumber <= limits.maxBlock && d.l1Timestamp <= limits.maxTimestamp)
        if (early && BigInt(range.length) <= limits.maxCount && gas <= limits.maxGas) return BigInt(end)
      }
      return limits.start
    }
    const limits = fc.record({
      start: fc.bigInt({ min: 0n, max: BigInt(deposits.length) }),
      maxBlock: fc.bigInt({ min: 90n, max: 159n }),
      maxTimestamp: fc.oneof(fc.bigInt({ min: 90n * 12n, max: 165n * 12n }), fc.constant(2n ** 64n - 1n)),
      maxCount: fc.oneof(
        fc.bigInt({ min: 0n, max: 256n }),
        fc.bigInt({ min: 0n, max: 5n }),
        fc.constant(2n ** 64n - 1n),
      ),
      maxGas: fc.oneof(fc.bigInt({ min: 0n, max: 15_000_000n }), fc.constant(2n ** 128n - 1n)),
    })
    fc.assert(
      fc.property(limits, (value) => {
        expect(store.depositEndFor(value)).toBe(naive(value))
      }),
      { numRuns: 500 },
    )
  })

  it('does not answer for L1 blocks that were not followed', () => {
    const store = openTemporary()
    const limits = { start: 0n, maxBlock: 100n, maxTimestamp: 2n ** 64n, maxCount: 256n, maxGas: 10n ** 9n }
    expect(codeOf(() => store.depositEndFor(limits))).toBe('L1_NOT_FOLLOWED')
    store.appendL1(toBatch(makeL1Steps(l1Start, [1])))
    expect(codeOf(() => store.depositEndFor({ ...limits, maxBlock: 101n }))).toBe('L1_NOT_FOLLOWED')
    expect(store.depositEndFor(limits)).toBe(store.depositCount())
  })
})
