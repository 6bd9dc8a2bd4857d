import type {
  Address,
  Authorization,
  BlockHeader,
  BlockInput,
  BlockTransaction,
  Hash,
  L2ChainConfig,
  Receipt,
  SkippedTransaction,
  StateReader,
} from '@crema/protocol'
import type { Trie } from '../trie/node.ts'
import type { Caches } from './caches.ts'
import type { Frame } from './frame.ts'
import type { Rules } from './rules.ts'
import type { Destroyed } from './snapshot.ts'
import type { Witness } from './witness.ts'

/** Where a segment or block stands: {@link status.running} inside of one. */
export const status = { running: 0, segmentEnd: 1, blockEnd: 2 } as const
export type Status = (typeof status)[keyof typeof status]

/** A log as it will stand in the receipt. */
export interface MachineLog {
  readonly address: bigint
  readonly topics: readonly bigint[]
  readonly data: Uint8Array
}

/** Section B: the block's context and what its transactions came to. */
export interface BlockSection {
  number: bigint
  timestamp: bigint
  coinbase: bigint
  gasLimit: bigint
  /** Wei. */
  baseFee: bigint
  prevRandao: bigint
  /** Wei per blob gas; constant on L2. */
  blobBaseFee: bigint
  cumulativeGas: bigint
}

/** An entry of the list that txWarm goes through. */
export interface WarmItem {
  readonly address: bigint
  readonly slot: bigint | undefined
}

/** What EIP-4844 adds to a transaction. */
export interface BlobFields {
  /** Wei per blob gas. */
  readonly maxFeePerBlobGas: bigint
  readonly hashes: readonly bigint[]
}

/** Section T: the transaction under way. Amounts in wei. */
export interface TxSection {
  type: number
  origin: bigint
  nonce: bigint
  gasLimit: number
  gasPrice: bigint
  /** Paid to the coinbase for each gas. */
  tip: bigint
  /** Gas price or max fee per gas; 0 for a deposit. */
  feeCap: bigint
  value: bigint
  to: bigint | undefined
  /** Call data or init code: a view of `raw`. */
  data: Uint8Array
  /** As it is encoded; owns its buffer from its start on. */
  raw: Uint8Array
  intrinsicGas: number
  floorGas: number
  /** What gets warm before the first opcode; without slot, an address. */
  warm: readonly WarmItem[]
  /** Items of `warm` that are warm. */
  warmed: number
  authorizations: readonly Authorization[]
  /** Authorizations that were applied or passed over. */
  authorized: number
  /** Rule set `l1` only. */
  blobs: BlobFields | undefined
  /** As it will stand in the block. */
  transaction: Omit<BlockTransaction, 'hash'> | undefined
  /** World state that original storage values are read in. */
  startState: Trie
  /** Warm addresses and slots, transient storage, contracts created in this transaction. */
  scratch: Trie
  refund: number
  destroyed: Destroyed | undefined
  readonly logs: MachineLog[]
  /** Logs that are in T's bloom. */
  bloomed: number
  success: boolean
  /** Left after the transaction's own frame. */
  gasLeft: number
  /** After refund and floor; set by txRefund. */
  gasUsed: number
  /** What the transaction's own frame returned, for callers of the machine. */
  output: Uint8Array
  /** Address of the contract that the transaction is to create, whether or not it succeeds. */
  created: bigint | undefined
}

/** Where copyChunk reads: bytes under a slice, code, or the frame's own memory, upwards or downwards. */
export const sourceKind = { slice: 0, code: 1, memoryUp: 2, memoryDown: 3 } as const
export type SourceKind = (typeof sourceKind)[keyof typeof sourceKind]

/** Section X: the micro-op that is due; `op` 0 means the next opcode of F. */
export interface MicroOpSection {
  op: number
  /** Position in a list. */
  i: number
  /** Position in a list within item `i` of another. */
  n: number
  /** Whether the called code is a delegation's (EIP-7702). */
  delegated: boolean
  /** Bytes that a copy, hash, call or creation reads. */
  source: Uint8Array
  /** What `source` is (copyChunk): see {@link sourceKind}. */
  sourceKind: SourceKind
  /** Where the rest of the source starts: in `source`, or in memory. */
  srcOff: number
  /** Bytes left: of a copy, or of a log's data. */
  srcLen: number
  dstOff: number
  /** Topics of a log whose data is being hashed. */
  topics: readonly bigint[]
  /** World state before a call moved value. */
  before: Trie
  kind: Frame['kind']
  gas: number
  address: bigint
  caller: bigint
  value: bigint
  /** Account whose code runs, after delegation. */
  codeAddress: bigint
  isStatic: boolean
  retOff: number
  retLen: number
}

/** A header with its hash. */
export type SealedHeader = BlockHeader & { readonly hash: Hash }

/** What a block's transactions came to. */
export interface BlockBody {
  readonly transactions: BlockTransaction[]
  readonly receipts: Receipt[]
  readonly skipped: SkippedTransaction[]
}

/** What commitments hold of the block's leaf, its parent's state and the assertion beside what executes. Constant within a block. */
export interface Anchors {
  readonly originNumber: bigint
  readonly originHash: Uint8Array
  readonly originTimestamp: bigint
  readonly originBaseFee: bigint
  readonly parentHash: Uint8Array
  /** Entries that are segments. */
  readonly txCount: bigint
  readonly txRoot: Uint8Array
  readonly depositStart: bigint
  readonly depositEnd: bigint
  readonly depositRoot: Uint8Array
  /** Of the parent's BlockState, as `gasBefore`. */
  readonly inboxCount: bigint
  readonly gasBefore: bigint
  readonly portal: bigint
  /** Of the assertion: see `AssertionContext`. */
  readonly startInboxCount: bigint
  readonly targetCount: bigint
  readonly maxGas: bigint
  readonly maxBlocks: bigint
}

/** What ties a block's parts to its parent and its leaf: read from the tape alone. */
export interface Evidence {
  /** RLP of the parent's header. */
  readonly parentHeader: Uint8Array
  /** The fields of the Inbox leaf behind its tag, 14 words. */
  readonly leaf: Uint8Array
  /** Siblings of the leaf under the Inbox's root, 32 words. */
  readonly leafSiblings: Uint8Array
  /** Siblings of each deposit under `depositRoot`, 32 words. */
  readonly depositSiblings: readonly Uint8Array[]
  /** Siblings of an entry under `txRoot`, 12 words. */
  entrySiblings(index: number): Uint8Array
}

/** What a block is a function of. Nothing of it changes within the block. */
export interface BlockContext {
  readonly parent: SealedHeader
  readonly input: BlockInput
  readonly config: L2ChainConfig
  /** Source of deposits on L1. */
  readonly portal: Address
  /** None in fast mode. */
  readonly anchors?: Anchors | undefined
  /** None where no step is proven. */
  readonly evidence?: Evidence | undefined
}

/** The machine between two micro-ops. Changed in place; `run` is the only caller of micro-ops. */
export interface Machine {
  readonly rules: Rules
  readonly store: StateReader
  readonly caches: Caches
  /** Notes what micro-ops read, while a step is proven. */
  witness: Witness | undefined
  status: Status
  /** World state. */
  state: Trie
  readonly b: BlockSection
  t: TxSection
  f: Frame
  /** Suspended callers of `f`, the outermost first. */
  readonly callers: Frame[]
  readonly x: MicroOpSection
  /** What the block under way is a function of; undefined for a transaction on its own. */
  context: BlockContext | undefined
  /** Undefined where nothing is committed to: fast mode. */
  anchors: Anchors | undefined
  /** Undefined where no step is proven. */
  evidence: Evidence | undefined
  /** Segments begun: of deposits, of entries. */
  nextDeposit: number
  nextEntry: number
  body: BlockBody
  /** Logs of the executed transactions. */
  records: (readonly MachineLog[])[]
  /** The block's header, once sealHeader has made it. */
  sealed: SealedHeader | undefined
  /** Micro-ops since the segment began. */
  steps: number
}
