import type { CallRequest, CallResult, StateSimulator } from '@crema/execution'
import type { BlockRef, ChainReader, Hash, Heads, L2Block, LocatedLog, LogFilter, RollupConfig } from '@crema/protocol'
import type { SequencerClient } from '@crema/sequencer-client'
import type { FeeHistory } from './gas/fee-history.ts'

/** Where the node stands; what `rollup_syncStatus`, `eth_syncing` and readiness report. */
export interface SyncStatus {
  readonly l1: {
    readonly head: BlockRef | undefined
    readonly safe: BlockRef | undefined
    readonly finalized: BlockRef | undefined
    /** Last L1 block whose events were applied. */
    readonly current: BlockRef | undefined
  }
  readonly heads: Heads
  /** Undefined when the node follows the tip; otherwise the range it is working through (L2 block numbers). */
  readonly syncing: { readonly startingBlock: bigint; readonly highestBlock: bigint } | undefined
  readonly sequencer: { readonly connected: boolean }
  readonly lastAsserted: AssertionRef | undefined
  readonly lastConfirmed: AssertionRef | undefined
}

/** An assertion and the block it ends at. */
export interface AssertionRef {
  readonly id: Hash
  readonly l2BlockNumber: bigint
  readonly outputRoot: Hash
}

/** One assertion as `rollup_getAssertions` lists it. */
export interface AssertionView extends AssertionRef {
  readonly parentId: Hash
  readonly status: string
  /** Seconds. */
  readonly createdAt: bigint
}

/** Where the data of an L2 block was posted. */
export interface BatchRef {
  readonly leafIndex: bigint
  readonly kind: 'ordered' | 'forced'
  readonly sequencerHeight: bigint
  readonly l1BlockNumber: bigint
  readonly l1BlockHash: Hash
  readonly l1TransactionHash: Hash
}

/** What a node tells its subscribers, in order. */
export type NodeEvent =
  | { readonly type: 'block'; readonly block: L2Block }
  /** Blocks that left the chain, newest first. */
  | { readonly type: 'removed'; readonly blocks: readonly L2Block[] }
  | { readonly type: 'heads'; readonly heads: Heads }

/** A simulator whose calls may be given up: one that cannot stop a call runs it to its end. */
export interface CallSimulator extends Omit<StateSimulator, 'call'> {
  call(request: CallRequest, signal?: AbortSignal): Promise<CallResult>
}

/** Blocks whose fees are wanted, and ascending percentiles of their gas. */
export interface FeeHistoryQuery {
  readonly oldest: bigint
  readonly newest: bigint
  readonly percentiles: readonly number[]
}

/**
 * Reads of many blocks. A port does them off the thread of the node, on all that was committed before they were asked for; one that
 * cannot stop a read does it to its end.
 */
export interface ChainScans {
  logs(filter: LogFilter, signal?: AbortSignal): Promise<LocatedLog[]>
  feeHistory(query: FeeHistoryQuery, signal?: AbortSignal): Promise<FeeHistory>
}

/** All that the RPC server asks of a node. Optional members are answered with `-32004` where a node lacks them. */
export interface RollupNodePort {
  readonly chain: ChainReader
  readonly simulator: CallSimulator
  readonly scans: ChainScans
  readonly config: RollupConfig
  status(): SyncStatus
  /** Calls `listener` synchronously for each event; the result ends the subscription. */
  onEvent(listener: (event: NodeEvent) => void): () => void
  /** Undefined while the block's data is not on L1. */
  batchForBlock?(number: bigint): BatchRef | undefined
  /** Newest L2 block whose data lies in L1 blocks up to `l1BlockNumber`. */
  safeHeadAtL1Block?(l1BlockNumber: bigint): { readonly l1: BlockRef; readonly safeHead: BlockRef } | undefined
  /** Newest first. */
  assertions?(limit: number): readonly AssertionView[]
}

/** What the server asks of a sequencer. */
export type SubmissionPort = Pick<SequencerClient, 'submit' | 'status' | 'heartbeat'>

/** Told of every call: method (`unknown` if there is none), error code or 0, seconds it took. */
export type CallObserver = (method: string, code: number, seconds: number) => void

/** Structured log output (a pino logger fits). */
export interface RpcLogger {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
