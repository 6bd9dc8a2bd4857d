import type {
  BlockRef,
  ChainReader,
  Deposit,
  Hash,
  InboxLeaf,
  L2Block,
  LeafKind,
  Origin,
  StateReader,
  StateWrites,
} from '@crema/protocol'

/** A value that survives `JSON.stringify` unchanged. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/** How a store is opened. */
export interface ChainStoreOptions {
  /** Path of the SQLite file; missing folders and the file are created unless `readonly`. */
  readonly path: string
  /** What the store must hold once it was initialized; anything else is refused with `CHAIN_MISMATCH`. */
  readonly genesis?: ChainIdentity
  /** Opens an existing, up-to-date file for reading beside its writer; every write throws `READONLY`. */
  readonly readonly?: boolean
  /** Most bytes of trie nodes and code held in memory; default 64 MiB. */
  readonly nodeCacheBytes?: number
  /** Most blocks held in memory; default 64. */
  readonly blockCacheCount?: number
  /** Number of followed L1 blocks below the cursor that are kept even without events; default 8192. */
  readonly l1History?: number
}

/** What makes two chains the same chain. */
export interface ChainIdentity {
  readonly genesisHash: Hash
  /** Digest of the rollup configuration. */
  readonly configDigest: Hash
}

/** Where derivation stands after a block, and what it takes to execute the block again. */
export interface BlockPosition {
  /** Sequencer block that ordered it; 0 for forced blocks and genesis. */
  readonly sequencerHeight: bigint
  /** Lane height after this block; a forced block leaves it unchanged. */
  readonly laneHeight: bigint
  /** Lane tip after this block. */
  readonly laneTip: Hash
  readonly kind: LeafKind
  /** Seconds, as the leaf has it. */
  readonly timestamp: bigint
  readonly origin: Origin
  /** One past the last deposit executed up to here. */
  readonly depositEnd: bigint
  /** Index of the block's leaf: number - genesis number - 1; -1 for genesis. */
  readonly inboxIndex: bigint
  /** keccak256 of the payload. */
  readonly payloadHash: Hash
  /** The ordered entries as executed; undefined when there are none to keep (genesis, forced). */
  readonly payload?: Uint8Array
  /** Hash of the block's Inbox leaf, once posted. */
  readonly leafHash?: Hash
  /** Gas used by all blocks after genesis up to and with this one. */
  readonly gasSinceGenesis: bigint
}

/** A leaf of the Inbox as a block refers to it. */
export interface StoredLeafRef {
  readonly index: bigint
  readonly leafHash: Hash
}

/** A transaction hash of OP Stack tools and the deposit transaction that it means. */
export interface DepositAlias {
  /** Hash derived from L1 block hash and log index. */
  readonly alias: Hash
  /** Hash of the deposit on L2. */
  readonly hash: Hash
}

/** An executed block with everything stored along with it. */
export interface BlockEntry {
  readonly block: L2Block
  readonly writes: StateWrites
  readonly position: BlockPosition
  /** Set when the leaf is already stored by `appendL1`; otherwise `LEAF_MISMATCH`. */
  readonly leaf?: StoredLeafRef
  readonly depositAliases?: readonly DepositAlias[]
}

/** The first block. */
export interface GenesisEntry {
  readonly block: L2Block
  readonly writes: StateWrites
  readonly position: BlockPosition
  readonly configDigest: Hash
}

/** A followed L1 block. */
export interface L1BlockRow extends Origin {
  readonly parentHash: Hash
}

/** A leaf of the Inbox with its data and where L1 shows it. */
export interface PostedLeaf {
  readonly index: bigint
  readonly leafHash: Hash
  readonly leaf: InboxLeaf
  /** Empty for forced leaves and oversized blocks. */
  readonly payload: Uint8Array
  /** Lane height after the leaf; a forced leaf leaves it unchanged. */
  readonly laneHeight: bigint
  readonly laneTip: Hash
  readonly l1BlockNumber: bigint
  readonly l1BlockHash: Hash
  readonly l1TransactionHash: Hash
  /** Root of the Inbox tree with this leaf, when known. */
  readonly inboxRoot?: Hash
}

/** Any other event of the rollup's contracts, such as an assertion, as its reader wants it back. */
export interface L1Event {
  /** Family, such as `assertion.created`. */
  readonly kind: string
  /** What the event is about, such as an assertion id; need not be unique. */
  readonly key: string
  readonly data: JsonValue
  readonly l1BlockNumber: bigint
  readonly l1BlockHash: Hash
  readonly l1TransactionHash: Hash
  readonly l1LogIndex: number
}

/**
 * What following L1 by some blocks brought. `blocks` ascend above the cursor, may skip numbers, and end with the block up to
 * which L1 was read: that is the new cursor. Deposits and leaves continue the stored ones without a gap.
 */
export interface L1Batch {
  readonly blocks: readonly L1BlockRow[]
  readonly deposits: readonly Deposit[]
  readonly leaves: readonly PostedLeaf[]
  readonly events?: readonly L1Event[]
}

/** The limits of `IDepositQueue.depositEnd`, all inclusive. */
export interface DepositLimits {
  readonly start: bigint
  readonly maxBlock: bigint
  /** Seconds. */
  readonly maxTimestamp: bigint
  readonly maxCount: bigint
  /** Gas limits added up. */
  readonly maxGas: bigint
}

/** Two contradicting statements that somebody signed. */
export interface Evidence {
  readonly kind: string
  readonly laneHeight?: bigint
  readonly sequencerHeight?: bigint
  readonly first: JsonValue
  readonly second: JsonValue
  /** Milliseconds since 1970 when this node saw it. */
  readonly at: number
}

/** Name and reader of a small value kept in the store. `parse` throws when the stored JSON is not a `T`. */
export interface MetaKey<T extends JsonValue> {
  readonly name: string
  parse(value: JsonValue): T
}

/** Sizes; counts of rows, bytes of files. */
export interface ChainStoreStats {
  readonly blocks: number
  readonly transactions: number
  readonly logs: number
  readonly skipped: number
  readonly stateNodes: number
  /** Bytes of trie nodes without keys and page overhead. */
  readonly stateNodeBytes: number
  readonly codes: number
  readonly deposits: number
  readonly leaves: number
  readonly l1Blocks: number
  readonly l1Events: number
  readonly evidence: number
  readonly fileBytes: number
  readonly walBytes: number
}

/** One table of a dump: its rows as JSON in a fixed order, without row ids and clocks. */
export interface DumpedTable {
  readonly name: string
  readonly rows: readonly string[]
  /** `d = keccak256(d ‖ row)` over the rows, from 32 zero bytes on. */
  readonly digest: Hash
}

/** Everything that two nodes on the same chain must agree on. */
export interface ChainDump {
  readonly tables: readonly DumpedTable[]
  /** The same over `name`, then `digest`, of each table. */
  readonly digest: Hash
}

/**
 * The chain that one node executed, what it followed of L1, and the state trie; one SQLite file, one writing process. All calls are
 * synchronous and atomic; returned objects are shared with caches and must not be changed. Every method may throw a
 * `ChainStoreError`: `STORE_CORRUPT`, `STORE_IO` or `STORE_BUSY` (retryable), `NOT_INITIALIZED`, `READONLY`, `CLOSED`.
 *
 * Durability: when a call returns, its effect survives `kill -9` of the process. After a power loss the file holds a prefix of the
 * committed calls; `sync` is the point up to which nothing can be lost even then.
 */
export interface ChainStore extends ChainReader, StateReader {
  /** Genesis and configuration, or undefined before `initialize`. */
  identity(): ChainIdentity | undefined
  genesis(): BlockRef
  /** Stores the first block; all heads point to it. Repeating it changes nothing; another chain throws `CHAIN_MISMATCH`. */
  initialize(genesis: GenesisEntry): void
  /** Appends a block to `latest`. Throws `NOT_NEXT_BLOCK` unless it is the child of `latest` and its position fits. */
  commitBlock(entry: BlockEntry): void
  /**
   * Removes the blocks above `number` and returns them newest first; a safe head above `number` becomes `number`. State nodes and
   * L1 data stay. Throws `ROLLBACK_BELOW_FINALIZED`, or `UNKNOWN_BLOCK` above latest.
   */
  rollbackTo(number: bigint): L2Block[]
  /**
   * Moves the given heads to blocks of this chain. `safe` may move back, `finalized` may not (`FINALIZED_REGRESSED`). Throws
   * `UNKNOWN_BLOCK` for a block that is not stored and `HEADS_OUT_OF_ORDER` unless finalized ≤ safe ≤ latest.
   */
  setHeads(heads: { readonly safe?: BlockRef; readonly finalized?: BlockRef }): void
  /** Moves `finalized` (and `safe`, if it is above) back: only for a resync after L1 broke finality. Same errors as `setHeads`. */
  resetFinalized(block: BlockRef): void
  /** Derivation position after that block. */
  position(number: bigint): BlockPosition | undefined
  /** The same without the payload, which is the costly part. */
  barePosition(number: bigint): BlockPosition | undefined
  /** Notes that a block is posted. Throws `UNKNOWN_BLOCK`, and `LEAF_MISMATCH` unless `leaf` was stored by `appendL1` at the block's index. */
  markPosted(number: bigint, leaf: StoredLeafRef): void

  /**
   * Stores what one step of following L1 brought and advances the cursor. Throws `L1_NOT_CONNECTED` when the blocks do not ascend above the
   * cursor or a direct child names another parent, `L1_GAP` when deposits or leaves do not continue the stored ones or lie outside
   * the batch. The first batch is the block from which the rollup's events start, alone.
   */
  appendL1(batch: L1Batch): void
  /**
   * Forgets L1 from above the highest followed block ≤ `number` on: blocks, deposits, leaves, events, and that L2 blocks were posted.
   * Returns the new cursor, undefined when nothing is left. Heads and L2 blocks stay: the caller decides about them.
   */
  cutL1Above(number: bigint): BlockRef | undefined
  /** Last L1 block up to which everything is stored. */
  l1Cursor(): BlockRef | undefined
  /** A followed L1 block: one of the last `l1History`, or one with events. */
  l1Block(number: bigint): L1BlockRow | undefined
  l1BlockHash(number: bigint): Hash | undefined
  /** Highest kept L1 block ≤ `number`: the next candidate of a search for the common ancestor. */
  l1BlockAtOrBelow(number: bigint): L1BlockRow | undefined
  /** Deposits with start ≤ index < end; throws `MISSING_DEPOSIT` when one of them is not stored. */
  deposits(start: bigint, end: bigint): Deposit[]
  depositCount(): bigint
  /** Twin of `IDepositQueue.depositEnd` over the stored deposits. Throws `L1_NOT_FOLLOWED` when the cursor is below `maxBlock`. */
  depositEndFor(limits: DepositLimits): bigint
  leaf(index: bigint): PostedLeaf | undefined
  leafCount(): bigint
  /** Hashes of the stored leaves with start ≤ index < end, in order; their payloads are not read. */
  leafHashes(start: bigint, end: bigint): Hash[]
  /** Events of a kind, optionally of one key, in L1 order. */
  l1Events(kind: string, key?: string): L1Event[]

  /** Keeps evidence; false when the same was kept before or 1,000 pieces of its kind are kept already. */
  addEvidence(evidence: Evidence): boolean
  /** In the order of arrival. */
  listEvidence(): Evidence[]
  getMeta<T extends JsonValue>(key: MetaKey<T>): T | undefined
  setMeta<T extends JsonValue>(key: MetaKey<T>, value: T | undefined): void

  /** Runs several calls as one: all of their effects or, when `action` throws, none. `action` must not be asynchronous. */
  atomically<T>(action: () => T): T
  /** Makes everything committed so far survive a power loss. */
  sync(): void
  stats(): ChainStoreStats
  /** The chain tables in a fixed order: equal for two nodes on the same chain with equal heads and the same L1 view. */
  dump(): ChainDump
  /** Digest of `dump` without holding its rows in memory. */
  digests(): { readonly digest: Hash; readonly tables: Readonly<Record<string, Hash>> }
  /** Whole-file check: SQLite's, block hashes, parent links and heads. Takes long on large stores. Throws `STORE_CORRUPT`. */
  check(): void
  close(): void
}
