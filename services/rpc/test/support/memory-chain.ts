import type {
  BlockRef,
  ChainReader,
  Hash,
  Heads,
  L2Block,
  LocatedLog,
  LocatedReceipt,
  LogFilter,
  StateReader,
  StateWrites,
} from '@crema/protocol'
import { bytesToHex } from '@crema/protocol'
import { matchesLog } from '../../src/filters/match.ts'
import { blockLogs } from '../../src/format/receipt.ts'

/** A chain and its state in memory: what a node keeps in its database. */
export interface MemoryChain extends ChainReader, StateReader {
  append(block: L2Block, writes: StateWrites): void
  /** Takes the newest blocks off down to `number`; the removed ones, newest first. */
  rollback(number: bigint): L2Block[]
  setHeads(heads: Partial<Heads>): void
  addAlias(alias: Hash, hash: Hash): void
}

/** A chain with nothing in it; the first block appended is its genesis. */
export function createMemoryChain(): MemoryChain {
  const blocks: L2Block[] = []
  const nodes = new Map<string, Uint8Array>()
  const codes = new Map<string, Uint8Array>()
  const aliases = new Map<Hash, Hash>()
  const byHash = new Map<Hash, L2Block>()
  const transactions = new Map<Hash, { block: L2Block; index: number }>()
  let marks: { safe?: BlockRef; finalized?: BlockRef } = {}
  const key = (hash: Uint8Array) => bytesToHex(hash).slice(2)
  const first = () => blocks[0]!.header.number
  const at = (number: bigint): L2Block | undefined => blocks[Number(number - first())]
  const ref = (block: L2Block): BlockRef => ({ number: block.header.number, hash: block.hash })
  const sealed = (block: L2Block | undefined) => block && { ...block.header, hash: block.hash }

  const locate = (hash: Hash): LocatedReceipt | undefined => {
    const found = transactions.get(hash)
    if (found === undefined) return undefined
    const { block, index } = found
    return {
      blockNumber: block.header.number,
      blockHash: block.hash,
      index,
      transaction: block.transactions[index]!,
      receipt: block.receipts[index]!,
      firstLogIndex: block.receipts.slice(0, index).reduce((sum, receipt) => sum + receipt.logs.length, 0),
    }
  }
  return {
    node: (hash) => nodes.get(key(hash)),
    code: (hash) => codes.get(key(hash)),
    append(block, writes) {
      for (const [hash, node] of writes.nodes) nodes.set(hash, node)
      for (const [hash, code] of writes.codes) codes.set(hash, code)
      blocks.push(block)
      byHash.set(block.hash, block)
      block.transactions.forEach(({ hash }, index) => void transactions.set(hash, { block, index }))
    },
    rollback(number) {
      const removed: L2Block[] = []
      while (blocks.at(-1)!.header.number > number) {
        const block = blocks.pop()!
        byHash.delete(block.hash)
        for (const { hash } of block.transactions) transactions.delete(hash)
        removed.push(block)
      }
      return removed
    },
    setHeads(heads) {
      marks = { ...marks, ...heads }
    },
    addAlias: (alias, hash) => void aliases.set(alias, hash),
    heads: () => ({
      latest: ref(blocks.at(-1)!),
      safe: marks.safe ?? ref(blocks[0]!),
      finalized: marks.finalized ?? ref(blocks[0]!),
    }),
    headerByNumber: (number) => sealed(at(number)),
    headerByHash: (hash) => sealed(byHash.get(hash)),
    blockByNumber: at,
    blockByHash: (hash) => byHash.get(hash),
    transactionByHash: locate,
    receiptByHash: locate,
    skippedByHash(hash) {
      for (const block of blocks.toReversed()) {
        const skip = block.skipped.find((item) => item.hash === hash)
        if (skip !== undefined) return { ...skip, blockNumber: block.header.number, blockHash: block.hash }
      }
      return undefined
    },
    depositByAlias: (alias) => aliases.get(alias),
    logs: (filter) => selectLogs(blocks, filter),
  }
}

function selectLogs(blocks: readonly L2Block[], filter: LogFilter): LocatedLog[] {
  const result: LocatedLog[] = []
  const most = (filter.limit ?? Number.POSITIVE_INFINITY) + 1
  for (const block of blocks) {
    if (block.header.number < filter.fromBlock || block.header.number > filter.toBlock) continue
    result.push(...blockLogs(block).filter((log) => matchesLog(filter, log)))
    if (result.length >= most) return result.slice(0, most)
  }
  return result
}
