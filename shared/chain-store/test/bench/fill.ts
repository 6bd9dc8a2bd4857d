import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToHex, type Hash, type Hex, keccak256, logsBloom, type Receipt } from '@crema/protocol'
import SqliteDatabase from 'better-sqlite3'
import { type BlockEntry, openChainStore } from '../../src/index.ts'
import { addresses, genesisNumber, type Link, makeEntry, makeGenesis } from '../support/blocks.ts'
import { createRandom } from '../support/random.ts'

// Fills a store with transactions of one ERC-20 transfer log each, and prints bytes and speeds as JSON:
// node test/bench/fill.ts [transactions] [transactions per block] [trie nodes per transaction]
const [total = 100_000, perBlock = 100, nodesPerTransaction = 6] = process.argv.slice(2).map(Number)
const transfer: Hash = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const random = createRandom(1)
const word = (): Hex => `0x${'00'.repeat(12)}${random.hex(20).slice(2)}`

function nextEntry(parent: Link, seed: number): BlockEntry {
  const entry = makeEntry(parent, seed, { transactions: perBlock, deposits: 0, skipped: 0 })
  const receipts = entry.block.receipts.map((receipt, i): Receipt => {
    const log = { address: addresses[i % 3]!, topics: [transfer, word(), word()], data: random.hex(32) }
    return { ...receipt, logs: [log], logsBloom: logsBloom([log]) }
  })
  const rlps = receipts.flatMap(() =>
    Array.from({ length: nodesPerTransaction }, (_, i) => random.bytes(i === 0 ? 110 : 300)),
  )
  const nodes = new Map(rlps.map((rlp) => [bytesToHex(keccak256(rlp)).slice(2), rlp]))
  return { ...entry, block: { ...entry.block, receipts }, writes: { nodes, codes: new Map() } }
}

/** Calls per second. */
function rate(count: number, action: (i: number) => unknown): number {
  const start = performance.now()
  for (let i = 0; i < count; i++) action(i)
  return Math.round(count / ((performance.now() - start) / 1000))
}

const folder = mkdtempSync(join(tmpdir(), 'crema-bench-'))
try {
  const path = join(folder, 'chain.sqlite')
  const store = openChainStore({ path })
  store.initialize(makeGenesis())
  const hashes: Hash[] = []
  const nodes: string[] = []
  let parent: Link = makeGenesis()
  let writingMs = 0
  let writingCpuMs = 0
  for (let seed = 1; hashes.length < total; seed++) {
    const entry = nextEntry(parent, seed)
    const start = performance.now()
    const cpu = process.cpuUsage()
    store.commitBlock(entry)
    writingMs += performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    writingCpuMs += (user + system) / 1000
    for (const { hash } of entry.block.transactions) hashes.push(hash)
    nodes.push(...[...entry.writes.nodes.keys()].slice(0, 1))
    parent = entry
  }
  store.sync()
  const { stateNodes, transactions, logs } = store.stats()
  const db = new SqliteDatabase(path, { readonly: true })
  const sizes = db
    .prepare<[], [string, number]>('SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC')
    .raw()
    .all()
  db.close()
  const stateBytes = sizes.reduce((sum, [name, size]) => sum + (name.includes('state_nodes') ? size : 0), 0)
  const chainBytes = sizes.reduce((sum, [, size]) => sum + size, -stateBytes)
  const { latest } = store.heads()
  const at = (i: number): Hash => hashes[(i * 7919) % hashes.length]!
  const recent = {
    fromBlock: latest.number - 100n,
    toBlock: latest.number,
    addresses: [addresses[0]!],
    topics: [[transfer]],
  }
  const known = nodes.map((key) => Buffer.from(key, 'hex'))
  const report = {
    transactions,
    logs,
    stateNodes,
    blocks: Number(latest.number - genesisNumber),
    bytesPerTransaction: Math.round(chainBytes / transactions),
    bytesPerStateNode: Math.round(stateBytes / stateNodes),
    bytesPerTransactionByTable: Object.fromEntries(
      sizes.slice(0, 10).map(([name, size]) => [name, Math.round(size / transactions)]),
    ),
    transactionsWrittenPerSecond: Math.round((transactions / writingMs) * 1000),
    rowsWrittenPerSecond: Math.round(((transactions + logs + stateNodes) / writingMs) * 1000),
    transactionsWrittenPerCpuSecond: Math.round((transactions / writingCpuMs) * 1000),
    transactionByHashPerSecond: rate(20_000, (i) => store.transactionByHash(at(i))),
    receiptByHashPerSecond: rate(20_000, (i) => store.receiptByHash(at(i))),
    blockByNumberPerSecond: rate(300, (i) =>
      store.blockByNumber(genesisNumber + 1n + (BigInt(i * 97) % (latest.number - genesisNumber))),
    ),
    nodePerSecond: rate(20_000, (i) => store.node(known[(i * 7919) % known.length] ?? new Uint8Array(32))),
    logsOf100BlocksPerSecond: rate(50, () => store.logs(recent)),
    rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  }
  console.log(JSON.stringify(report, undefined, 1))
  store.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
