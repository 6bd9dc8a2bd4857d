import type { ChainStore } from '@crema/chain-store'
import type { Executor, StateSimulator } from '@crema/execution'
import type { L1Client } from '@crema/l1'
import type { BlockRef, ChainReader, Heads, L2Block, RollupConfig, StateReader } from '@crema/protocol'
import type { SequencerClient } from '@crema/sequencer-client'
import type { Clock, Logger } from '@crema/service-kit'

/** What a node tells its subscribers, in order and synchronously after the change is stored. */
export type NodeEvent =
  | { readonly type: 'block'; readonly block: L2Block }
  /** Blocks that left the chain, newest first. */
  | { readonly type: 'removed'; readonly blocks: readonly L2Block[] }
  | { readonly type: 'heads'; readonly heads: Heads }
  | { readonly type: 'alarm'; readonly alarm: Alarm }

/** Something an operator must know. One stands per code until it is over. */
export interface Alarm {
  readonly code: AlarmCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
  /** Milliseconds since 1970. */
  readonly since: number
}

export type AlarmCode =
  /** The sequencer served what does not verify: a forged certificate, altered data, a broken lane. */
  | 'sequencer-refused'
  /** Two certificates for one height. The soft head stands still until L1 decides. */
  | 'sequencer-equivocated'
  /** L1 holds another block than the one a certificate made this node execute. */
  | 'l1-contradicts-sequencer'
  /** L1 took back a block it had finalized. */
  | 'finalized-regressed'
  | 'sequencer-unreachable'
  | 'l1-unreachable'
  /** Deposits wait for more than half of the force delay. */
  | 'deposits-overdue'
  /** Execution or derivation failed for another reason than bad input. */
  | 'internal'

/** How the node gets its newest blocks. */
export type NodeMode =
  /** Catching up with L1. */
  | 'syncing'
  /** From the sequencer, confirmed by L1. */
  | 'live'
  /** The sequencer is absent: only what L1 holds. */
  | 'l1-only'
  /** The sequencer contradicted itself: only what L1 holds, until L1 has decided. */
  | 'frozen'

/** Where a node stands. */
export interface NodeStatus {
  readonly mode: NodeMode
  readonly heads: Heads
  readonly l1: {
    readonly head: BlockRef | undefined
    readonly safe: BlockRef | undefined
    readonly finalized: BlockRef | undefined
    /** Last L1 block whose events are stored. */
    readonly current: BlockRef | undefined
  }
  readonly syncing: { readonly startingBlock: bigint; readonly highestBlock: bigint } | undefined
  readonly sequencer: { readonly connected: boolean; readonly laneHeight: bigint | undefined }
  readonly alarms: readonly Alarm[]
}

/** Settings with their units in the names. */
export interface NodeSettings {
  readonly l1PollMs: number
  readonly sequencerPollMs: number
  /** L1 blocks read at once while catching up. */
  readonly l1Range: bigint
  /** Lane blocks asked for at once. */
  readonly laneRange: number
  /** Silence after which the sequencer counts as absent. */
  readonly sequencerTimeoutMs: number
}

/** Ports of a node. */
export interface NodeDependencies {
  readonly config: RollupConfig
  readonly l1: L1Client
  /** Undefined: the node follows L1 alone. */
  readonly sequencer: SequencerClient | undefined
  readonly store: ChainStore
  readonly executor: Executor
  readonly simulator: StateSimulator
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: NodeSettings
}

/** A node that follows, authenticates, executes and stores the rollup. */
export interface RollupNode {
  readonly config: RollupConfig
  readonly chain: ChainReader & StateReader
  readonly store: ChainStore
  readonly simulator: StateSimulator
  status(): NodeStatus
  /** Calls `listener` synchronously for each event; the result ends the subscription. */
  onEvent(listener: (event: NodeEvent) => void): () => void
  /** Follows until the signal aborts. Resolves then; never rejects because of a peer. */
  run(signal: AbortSignal): Promise<void>
}
