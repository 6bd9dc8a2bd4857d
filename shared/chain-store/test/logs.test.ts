import type { Hash, L2Block, LocatedLog, LogFilter } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addresses, genesisNumber, makeChain, topics } from './support/blocks.ts'
import { codeOf, openInitialized } from './support/store.ts'

/** The same by looking at every receipt. */
function naiveLogs(blocks: readonly L2Block[], filter: LogFilter): LocatedLog[] {
  const found: LocatedLog[] = []
  for (const { hash: blockHash, header, transactions, receipts } of blocks) {
    let logIndex = 0
    for (const [transactionIndex, receipt] of receipts.entries())
      for (const log of receipt.logs) {
        const place = {
          blockNumber: header.number,
          blockHash,
          blockTimestamp: header.timestamp,
          transactionHash: transactions[transactionIndex]!.hash,
          transactionIndex,
          logIndex: logIndex++,
        }
        const fits =
          header.number >= filter.fromBlock &&
          header.number <= filter.toBlock &&
          (filter.addresses.length === 0 || filter.addresses.includes(log.address)) &&
          filter.topics.length <= log.topics.length &&
          filter.topics.every((choices, i) => !choices?.length || choices.includes(log.topics[i]!))
        if (fits) found.push({ ...log, ...place })
      }
  }
  return filter.limit === undefined ? found : found.slice(0, filter.limit + 1)
}

describe('logs', () => {
  const chain = makeChain(60)
  const blocks = chain.map(({ block }) => block)
  const everything: LogFilter = { fromBlock: 0n, toBlock: 1_000n, addresses: [], topics: [] }
  const unknown: Hash = `0x${'ee'.repeat(32)}`

  it('equals a naive filter over all receipts', () => {
    const store = openInitialized()
    for (const entry of chain) store.commitBlock(entry)
    expect(naiveLogs(blocks, everything).length).toBeGreaterThan(100)
    const choices = fc.option(fc.uniqueArray(fc.constantFrom(...topics, unknown), { maxLength: 3 }), { nil: null })
    const filter = fc.record(
      {
        fromBlock: fc.bigInt({ min: 0n, max: 80n }),
        toBlock: fc.oneof(fc.bigInt({ min: 0n, max: 80n }), fc.constant(2n ** 64n)),
        addresses: fc.uniqueArray(fc.constantFrom(...addresses), { maxLength: 3 }),
        topics: fc.array(choices, { maxLength: 5 }),
        limit: fc.nat({ max: 20 }),
      },
      { requiredKeys: ['fromBlock', 'toBlock', 'addresses', 'topics'] },
    )
    fc.assert(
      fc.property(filter, (value) => {
        expect(store.logs(value)).toEqual(naiveLogs(blocks, value))
      }),
      { numRuns: 400 },
    )
  })

  it('finds across windows of blocks and stops at the limit', () => {
    const store = openInitialized()
    const long = makeChain(2_500, 1, { transactions: 1, deposits: 0, skipped: 1 })
    store.atomically(() => {
      for (const entry of long) store.commitBlock(entry)
    })
    const wide = { ...everything, toBlock: genesisNumber + 2_500n }
    const all = naiveLogs(
      long.map(({ block }) => block),
      wide,
    )
    expect(store.logs(wide)).toEqual(all)
    expect(store.logs({ ...wide, limit: 1_900 })).toEqual(all.slice(0, 1_901))
    expect(store.logs({ ...wide, addresses: [addresses[1]!] })).toEqual(
      all.filter((log) => log.address === addresses[1]),
    )
  })

  it('takes filters of thousands of values, and refuses more than SQLite binds', () => {
    const store = openInitialized()
    for (const entry of chain) store.commitBlock(entry)
    const many = Array.from({ length: 29_000 }, (_, i): Hash => `0x${i.toString(16).padStart(64, '0')}`)
    const filter = { ...everything, topics: [[...many, topics[0]!]] }
    expect(store.logs(filter)).toEqual(naiveLogs(blocks, { ...everything, topics: [[topics[0]!]] }))
    expect(codeOf(() => store.logs({ ...everything, topics: [many, many] }))).toBe('LOG_FILTER_TOO_LARGE')
  })
})
