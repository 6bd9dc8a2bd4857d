import type { VerifiedLaneBlock } from '@crema/derivation'
import type { Heads, L2Block } from '@crema/protocol'
import PQueue from 'p-queue'
import { type Alarms, createAlarms } from './alarms.ts'
import type { NodeDependencies, NodeEvent } from './types.ts'

/** What the parts of a running node share. */
export interface NodeContext extends NodeDependencies {
  readonly alarms: Alarms
  /** Everything that changes the chain runs here, one at a time. */
  readonly writer: PQueue
  /** Verified lane blocks that no leaf confirms yet, by lane height: executed again after a rollback. */
  readonly unposted: Map<bigint, VerifiedLaneBlock>
  /** What the two followers tell one another; process-local, rebuilt after a restart. */
  readonly live: LiveState
  readonly listeners: Set<(event: NodeEvent) => void>
  emit(event: NodeEvent): void
}

/** Facts about the outside that need not survive a restart. */
export interface LiveState {
  /** Whether L1 was followed up to its head since the start. */
  l1Synced: boolean
  l1Head: { number: bigint; hash: `0x${string}` } | undefined
  l1Safe: { number: bigint; hash: `0x${string}` } | undefined
  l1Finalized: { number: bigint; hash: `0x${string}` } | undefined
  /** Milliseconds since 1970. */
  startedAt: number
  /** Milliseconds since 1970 of the last good answer of the sequencer. */
  sequencerSeenAt: number | undefined
  sequencerLaneHeight: bigint | undefined
  /** Newest lane height that the sequencer announced; proves nothing. */
  announcedLaneHeight: bigint | undefined
  /** An announced block is not served: since when (milliseconds since 1970), and whether the proof of it is kept. */
  withheld: { readonly since: number; kept: boolean } | undefined
  /** Lane height at which the sequencer contradicted itself; the soft head stands still until L1 passes it. */
  frozenAt: bigint | undefined
  /** Number of the finalized head before L1 took it back, until it is reached again. */
  regressedFrom: bigint | undefined
  /** First leaf that was not compared with the chain yet. */
  nextLeaf: bigint
  /** Wakes the sequencer's follower. */
  wakeSequencer: () => void
}

/** Unposted blocks kept for re-execution; beyond it the sequencer is asked again. */
const MAX_UNPOSTED = 2_048
const MAX_UNPOSTED_BYTES = 32 * 2 ** 20

/** Builds the shared state of a node. */
export function createContext(dependencies: NodeDependencies): NodeContext {
  const listeners = new Set<(event: NodeEvent) => void>()
  const emit = (event: NodeEvent): void => {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        dependencies.logger.error({ err: error, event: event.type }, 'a subscriber failed')
      }
    }
  }
  return {
    ...dependencies,
    alarms: createAlarms(dependencies.clock, (alarm) => emit({ type: 'alarm', alarm })),
    writer: new PQueue({ concurrency: 1 }),
    unposted: new Map(),
    live: {
      l1Synced: false,
      l1Head: undefined,
      l1Safe: undefined,
      l1Finalized: undefined,
      startedAt: dependencies.clock.nowMs(),
      sequencerSeenAt: undefined,
      sequencerLaneHeight: undefined,
      announcedLaneHeight: undefined,
      withheld: undefined,
      frozenAt: undefined,
      regressedFrom: undefined,
      nextLeaf: finalizedLeaves(dependencies),
      wakeSequencer: () => {},
    },
    listeners,
    emit,
  }
}

/** Remembers a verified block for re-execution, within bounds. */
export function rememberUnposted(context: NodeContext, verified: VerifiedLaneBlock): void {
  const { unposted } = context
  unposted.set(verified.block.laneHeight, verified)
  let bytes = 0
  for (const { block } of unposted.values()) bytes += block.payload.length
  for (const [laneHeight, { block }] of unposted) {
    if (unposted.size <= MAX_UNPOSTED && bytes <= MAX_UNPOSTED_BYTES) break
    unposted.delete(laneHeight)
    bytes -= block.payload.length
  }
}

/** Tells subscribers what left the chain and where the heads are. */
export function emitRemoved(context: NodeContext, blocks: readonly L2Block[]): void {
  if (blocks.length > 0) context.emit({ type: 'removed', blocks })
}

/** Tells subscribers where the heads are. */
export function emitHeads(context: NodeContext): Heads {
  const heads = context.store.heads()
  context.emit({ type: 'heads', heads })
  return heads
}

/** Leaves up to the finalized head were compared before; the rest is compared again after a restart. */
function finalizedLeaves({ store }: NodeDependencies): bigint {
  return store.heads().finalized.number - store.genesis().number
}
