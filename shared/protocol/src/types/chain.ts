import type { BlockHeader, BlockTransaction, L2Block, Log, Receipt, SkippedTransaction } from './block.ts'
import type { Address, Hash } from './hex.ts'

/** Number and hash of a block. */
export interface BlockRef {
  readonly number: bigint
  readonly hash: Hash
}

/** The node's heads (architecture: `latest`, `safe`, `finalized`). */
export interface Heads {
  readonly latest: BlockRef
  readonly safe: BlockRef
  readonly finalized: BlockRef
}

/** Where a transaction stands in the chain. */
export interface TransactionLocation {
  readonly blockNumber: bigint
  readonly blockHash: Hash
  readonly index: number
}

/** A log with its place in the chain. */
export interface LocatedLog extends Log {
  readonly blockNumber: bigint
  readonly blockHash: Hash
  readonly blockTimestamp: bigint
  readonly transactionHash: Hash
  readonly transactionIndex: number
  /** Position among all logs of the block. */
  readonly logIndex: number
}

/** What `eth_getLogs` selects: any of `addresses` (all when empty), and per position any of the topics (null: any). */
export interface LogFilter {
  readonly fromBlock: bigint
  readonly toBlock: bigint
  readonly addresses: readonly Address[]
  readonly topics: readonly (readonly Hash[] | null)[]
  /** Stop after this many results plus one, so that a caller sees that there are more. */
  readonly limit?: number
}

/** A skipped transaction with the block that skipped it. */
export interface LocatedSkip extends SkippedTransaction {
  readonly blockNumber: bigint
  readonly blockHash: Hash
}

/** A transaction or receipt with its place; what the RPC formats. */
export interface LocatedTransaction extends TransactionLocation {
  readonly transaction: BlockTransaction
}
export interface LocatedReceipt extends TransactionLocation {
  readonly transaction: BlockTransaction
  readonly receipt: Receipt
  /** Number of logs of earlier transactions of the block. */
  readonly firstLogIndex: number
}

/** Read access to an executed chain; synchronous, and each call sees one consistent state. */
export interface ChainReader {
  heads(): Heads
  headerByNumber(number: bigint): (BlockHeader & { readonly hash: Hash }) | undefined
  headerByHash(hash: Hash): (BlockHeader & { readonly hash: Hash }) | undefined
  blockByNumber(number: bigint): L2Block | undefined
  blockByHash(hash: Hash): L2Block | undefined
  transactionByHash(hash: Hash): LocatedTransaction | undefined
  receiptByHash(hash: Hash): LocatedReceipt | undefined
  /** A transaction that was ordered and skipped; the latest time if more than once. */
  skippedByHash(hash: Hash): LocatedSkip | undefined
  /** Hash on L2 of the deposit that OP Stack tools know as `alias` (derived from L1 block hash and log index). */
  depositByAlias(alias: Hash): Hash | undefined
  /** Logs in order of block and position. */
  logs(filter: LogFilter): LocatedLog[]
}

/** Read access to the state trie's nodes and to contract code, by hash. */
export interface StateReader {
  /** RLP of the trie node with this keccak256, or undefined. */
  node(hash: Uint8Array): Uint8Array | undefined
  /** Contract code with this keccak256, or undefined. */
  code(hash: Uint8Array): Uint8Array | undefined
}

/** New trie nodes and codes of a block, keyed by hex of their keccak256 without prefix. */
export interface StateWrites {
  readonly nodes: ReadonlyMap<string, Uint8Array>
  readonly codes: ReadonlyMap<string, Uint8Array>
}
