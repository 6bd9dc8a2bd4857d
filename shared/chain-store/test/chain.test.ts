import { type Hex, hexToBytes } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { genesisNumber, makeChain, makeEntry, makeGenesis } from './support/blocks.ts'
import { l1Start, makeL1Steps, toBatch } from './support/l1.ts'
import { codeOf, openInitialized, openTemporary, temporaryPath } from './support/store.ts'

// Cache or file: both must give the same.
describe.each([
  { name: 'with caches', options: {} },
  { name: 'without caches', options: { blockCacheCount: 0, nodeCacheBytes: 0 } },
])('blocks $name', ({ options }) => {
  const chain = makeChain(40)

  it('returns every block, transaction, receipt, skip, alias and node as committed', () => {
    const store = openInitialized(options)
    for (const entry of chain) store.commitBlock(entry)
    for (const { block, position, writes, depositAliases } of [{ ...makeGenesis(), depositAliases: [] }, ...chain]) {
      const { number } = block.header
      expect(store.blockByNumber(number)).toEqual(block)
      expect(store.blockByHash(block.hash)).toEqual(block)
      expect(store.headerByNumber(number)).toEqual({ ...block.header, hash: block.hash })
      expect(store.headerByHash(block.hash)).toEqual({ ...block.header, hash: block.hash })
      expect(store.position(number)).toEqual(position)
      const shouted: Hex = `0x${block.hash.slice(2).toUpperCase()}`
      expect(store.blockByHash(shouted)).toEqual(block)
      expect(store.headerByHash(shouted)?.hash).toBe(block.hash)
      let firstLogIndex = 0
      for (const [index, transaction] of block.transactions.entries()) {
        const receipt = block.receipts[index]!
        const located = { blockNumber: number, blockHash: block.hash, index, transaction }
        expect(store.transactionByHash(transaction.hash)).toEqual(located)
        expect(store.receiptByHash(transaction.hash)).toEqual({ ...located, receipt, firstLogIndex })
        firstLogIndex += receipt.logs.length
      }
      for (const skip of block.skipped)
        expect(store.skippedByHash(skip.hash)).toEqual({ ...skip, blockNumber: number, blockHash: block.hash })
      for (const { alias, hash } of depositAliases ?? []) expect(store.depositByAlias(alias)).toBe(hash)
      for (const [key, rlp] of writes.nodes) expect(store.node(hexToBytes(`0x${key}`))).toEqual(rlp)
      for (const [key, code] of writes.codes) expect(store.code(hexToBytes(`0x${key}`))).toEqual(code)
    }
    const sum = (count: (entry: (typeof chain)[number]) => number) =>
      chain.reduce((total, entry) => total + count(entry), 0)
    expect(store.stats()).toMatchObject({
      blocks: 41,
      transactions: sum(({ block }) => block.transactions.length),
      logs: sum(({ block }) => block.receipts.reduce((logs, receipt) => logs + receipt.logs.length, 0)),
      skipped: sum(({ block }) => block.skipped.length),
      stateNodes: sum(({ writes }) => writes.nodes.size) + makeGenesis().writes.nodes.size,
    })
  })

  it('rolls back, returns what it removed newest first, and takes another branch', () => {
    const store = openInitialized(options)
    for (const entry of chain.slice(0, 10)) store.commitBlock(entry)
    store.setHeads({ safe: { number: genesisNumber + 6n, hash: chain[5]!.block.hash } })
    const removed = store.rollbackTo(genesisNumber + 4n)
    expect(removed).toEqual(
      chain
        .slice(4, 10)
        .map(({ block }) => block)
        .reverse(),
    )
    const kept = { number: genesisNumber + 4n, hash: chain[3]!.block.hash }
    expect(store.heads()).toMatchObject({ latest: kept, safe: kept, finalized: { number: genesisNumber } })
    for (const block of removed) {
      expect(store.blockByHash(block.hash)).toBeUndefined()
      expect(store.headerByNumber(block.header.number)).toBeUndefined()
      expect(store.position(block.header.number)).toBeUndefined()
      for (const { hash } of block.transactions) expect(store.transactionByHash(hash)).toBeUndefined()
      for (const { hash } of block.skipped) expect(store.skippedByHash(hash)).toBeUndefined()
    }
    for (const { alias } of chain[4]!.depositAliases ?? []) expect(store.depositByAlias(alias)).toBeUndefined()
    // Content-addressed state stays: the new branch may share it.
    for (const [key, rlp] of chain[9]!.writes.nodes) expect(store.node(hexToBytes(`0x${key}`))).toEqual(rlp)
    const other = makeEntry(chain[3]!, 999)
    store.commitBlock(other)
    expect(store.heads().latest.hash).toBe(other.block.hash)
    store.check()
  })

  it('shows the skipped entries of the block that stands, not of a removed one with the same hash', () => {
    const store = openInitialized(options)
    const entry = makeEntry(makeGenesis(), 5, { transactions: 2, skipped: 1 })
    const twin = { ...entry, block: { ...entry.block, skipped: entry.block.skipped.slice(1) } }
    expect(entry.block.skipped.length).toBe(2)
    store.commitBlock(entry)
    store.rollbackTo(genesisNumber)
    store.commitBlock(twin)
    expect(store.blockByHash(entry.block.hash)).toEqual(twin.block)
    expect(store.skippedByHash(entry.block.skipped[0]!.hash)).toBeUndefined()
  })
})

describe('commitBlock', () => {
  const [first, second] = makeChain(2) as [ReturnType<typeof makeEntry>, ReturnType<typeof makeEntry>]

  it('refuses what does not continue the chain and changes nothing', () => {
    const store = openInitialized()
    const { block, position } = first
    const refused = [
      second,
      { ...first, position: { ...position, inboxIndex: 5n } },
      { ...first, position: { ...position, timestamp: position.timestamp + 1n } },
      { ...first, position: { ...position, gasSinceGenesis: position.gasSinceGenesis + 1n } },
    ]
    const before = store.digests().digest
    for (const entry of refused) expect(codeOf(() => store.commitBlock(entry))).toBe('NOT_NEXT_BLOCK')
    const broken = [
      { ...first, block: { ...block, hash: second.block.hash } },
      { ...first, block: { ...block, header: { ...block.header, stateRoot: second.block.hash } } },
      { ...first, position: { ...position, payload: Uint8Array.of(9) } },
      { ...first, depositAliases: [{ alias: block.hash, hash: block.hash }] },
    ]
    for (const entry of broken) expect(codeOf(() => store.commitBlock(entry))).toBe('BAD_BLOCK')
    const late = { ...second, position: { ...second.position, laneHeight: -1n } }
    expect(codeOf(() => store.commitBlock(late))).toBe('NOT_NEXT_BLOCK')
    expect(store.digests().digest).toBe(before)
    expect(store.stats().stateNodes).toBe(makeGenesis().writes.nodes.size)
    for (const key of first.writes.nodes.keys()) expect(store.node(hexToBytes(`0x${key}`))).toBeUndefined()
    store.commitBlock(first)
    expect(codeOf(() => store.commitBlock(first))).toBe('NOT_NEXT_BLOCK')
    store.commitBlock(second)
  })

  it('needs a chain', () => {
    const store = openTemporary()
    expect(store.identity()).toBeUndefined()
    expect(codeOf(() => store.heads())).toBe('NOT_INITIALIZED')
    expect(codeOf(() => store.genesis())).toBe('NOT_INITIALIZED')
    expect(codeOf(() => store.commitBlock(first))).toBe('NOT_INITIALIZED')
  })
})

describe('initialize', () => {
  it('is idempotent and refuses another chain', () => {
    const store = openInitialized()
    const genesis = makeGenesis()
    store.initialize(genesis)
    expect(store.genesis()).toEqual({ number: genesisNumber, hash: genesis.block.hash })
    const ref = { number: genesisNumber, hash: genesis.block.hash }
    expect(store.heads()).toEqual({ latest: ref, safe: ref, finalized: ref })
    expect(codeOf(() => store.initialize({ ...genesis, configDigest: ref.hash }))).toBe('CHAIN_MISMATCH')
  })

  it('refuses a genesis that the store was not opened for, and leaves it empty', () => {
    const { block, configDigest } = makeGenesis()
    const path = temporaryPath()
    const store = openTemporary({ path, genesis: { genesisHash: configDigest, configDigest } })
    expect(codeOf(() => store.initialize(makeGenesis()))).toBe('CHAIN_MISMATCH')
    expect(store.identity()).toBeUndefined()
    store.close()
    const right = openTemporary({ path, genesis: { genesisHash: block.hash, configDigest } })
    right.initialize(makeGenesis())
    expect(right.identity()).toEqual({ genesisHash: block.hash, configDigest })
  })
})

describe('heads', () => {
  const chain = makeChain(6)
  const ref = (i: number) => ({ number: chain[i]!.block.header.number, hash: chain[i]!.block.hash })

  it('move in order, safe also back', () => {
    const store = openInitialized()
    for (const entry of chain) store.commitBlock(entry)
    store.setHeads({ safe: ref(4), finalized: ref(2) })
    store.setHeads({ safe: ref(3) })
    expect(store.heads()).toEqual({ latest: ref(5), safe: ref(3), finalized: ref(2) })
    expect(codeOf(() => store.setHeads({ finalized: ref(1) }))).toBe('FINALIZED_REGRESSED')
    expect(codeOf(() => store.setHeads({ finalized: ref(4) }))).toBe('HEADS_OUT_OF_ORDER')
    expect(codeOf(() => store.setHeads({ safe: ref(1) }))).toBe('HEADS_OUT_OF_ORDER')
    expect(codeOf(() => store.setHeads({ safe: { ...ref(4), hash: ref(3).hash } }))).toBe('UNKNOWN_BLOCK')
    expect(codeOf(() => store.setHeads({ safe: { number: 10n ** 30n, hash: ref(3).hash } }))).toBe('UNKNOWN_BLOCK')
    expect(codeOf(() => store.rollbackTo(ref(1).number))).toBe('ROLLBACK_BELOW_FINALIZED')
    expect(codeOf(() => store.rollbackTo(ref(5).number + 1n))).toBe('UNKNOWN_BLOCK')
    store.resetFinalized(ref(0))
    expect(store.heads()).toEqual({ latest: ref(5), safe: ref(0), finalized: ref(0) })
    expect(store.rollbackTo(ref(5).number)).toEqual([])
    expect(store.rollbackTo(ref(0).number)).toHaveLength(5)
  })
})

describe('markPosted', () => {
  it('takes only the stored leaf of the block; cutting L1 takes it away again', () => {
    const store = openInitialized()
    const chain = makeChain(3)
    const steps = makeL1Steps(l1Start, [1, 2, 3, 4, 5, 6, 7, 8])
    store.appendL1(toBatch(steps))
    const leaves = steps.flatMap((step) => step.leaves)
    const leaf = (i: number) => ({ index: leaves[i]!.index, leafHash: leaves[i]!.leafHash })
    store.commitBlock(chain[0]!)
    store.commitBlock({ ...chain[1]!, leaf: leaf(1) })
    expect(codeOf(() => store.commitBlock({ ...chain[2]!, leaf: leaf(1) }))).toBe('LEAF_MISMATCH')
    expect(codeOf(() => store.markPosted(genesisNumber + 1n, leaf(1)))).toBe('LEAF_MISMATCH')
    expect(codeOf(() => store.markPosted(genesisNumber, leaf(0)))).toBe('LEAF_MISMATCH')
    expect(codeOf(() => store.markPosted(genesisNumber + 1n, { ...leaf(0), leafHash: leaf(1).leafHash }))).toBe(
      'LEAF_MISMATCH',
    )
    expect(codeOf(() => store.markPosted(99n, leaf(0)))).toBe('UNKNOWN_BLOCK')
    store.markPosted(genesisNumber + 1n, leaf(0))
    expect(store.position(genesisNumber + 1n)?.leafHash).toBe(leaf(0).leafHash)
    expect(store.position(genesisNumber + 2n)?.leafHash).toBe(leaf(1).leafHash)
    store.cutL1Above(0n)
    expect(store.position(genesisNumber + 1n)).toEqual(chain[0]!.position)
    expect(store.position(genesisNumber + 2n)).toEqual(chain[1]!.position)
    expect(store.l1Cursor()).toBeUndefined()
  })
})

describe('atomically', () => {
  const [first, second] = makeChain(2)

  it('keeps all or nothing, caches included', () => {
    const store = openInitialized()
    const before = store.digests().digest
    const failing = () =>
      store.atomically(() => {
        store.commitBlock(first!)
        store.setHeads({ safe: { number: first!.block.header.number, hash: first!.block.hash } })
        store.commitBlock(first!)
      })
    expect(codeOf(failing)).toBe('NOT_NEXT_BLOCK')
    expect(store.digests().digest).toBe(before)
    expect(store.blockByHash(first!.block.hash)).toBeUndefined()
    store.atomically(() => {
      store.commitBlock(first!)
      // A failed call inside leaves the rest alone.
      expect(codeOf(() => store.commitBlock(first!))).toBe('NOT_NEXT_BLOCK')
      store.commitBlock(second!)
    })
    expect(store.heads().latest.hash).toBe(second!.block.hash)
  })

  it('undoes an action that would wait', async () => {
    const store = openInitialized()
    const action = async () => store.commitBlock(first!)
    expect(codeOf(() => store.atomically(action))).toBe('ASYNC_ACTION')
    expect(store.heads().latest.number).toBe(genesisNumber)
  })
})
