import type { DisputeCallKind, DisputeContracts, DisputeState, L1Client } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import type { Clock, Logger } from '@crema/service-kit'
import type { IntentStore, TxManager } from '@crema/tx-manager'
import type { Mode } from '../decide/modes.ts'
import type { Alert, Decision, DisputeIntent, Limits } from '../decide/types.ts'
import type { OwnChildren } from '../own/own-child.ts'
import type { OwnTraceProgress, OwnTraces } from '../own/own-trace.ts'
import type { TraceLoad } from './trace-desk.ts'

/** What a dispute agent is made of. */
export interface DisputeAgentPorts {
  readonly l1: L1Client
  readonly contracts: DisputeContracts
  /** L1 block of the deployment. */
  readonly fromBlock: bigint
  readonly tx: Pick<TxManager, 'address' | 'send' | 'heldBack'>
  /** The manager's store. */
  readonly intents: Pick<IntentStore, 'get'>
  readonly children: OwnChildren
  readonly traces: OwnTraces
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: DisputeAgentSettings
  /** Told of everything that happens, for metrics; must not throw. */
  readonly onEvent?: (event: DisputeAgentEvent) => void
  /** Alerts about what the agent stands on, told at each look beside its own. */
  readonly alerts?: () => readonly Alert[]
  /** Which right assertions to back with a commitment; all by default. */
  readonly defends?: (assertion: DisputeState['assertions'][number]) => boolean
}

export interface DisputeAgentSettings {
  readonly mode: Mode
  readonly limits: Limits
  /** Milliseconds between looks. */
  readonly pollMs: number
  /** Calls on their way to L1 at a time; those that a fee limit or a lack of funds holds back are not counted. */
  readonly maxInFlight: number
  /** Milliseconds after which a call without deadline that L1 did not take is given up and decided anew. */
  readonly giveUpMs: number
  /** Calls that anyone may make wait for up to so many milliseconds, so that agents do not race; those with a deadline never do. */
  readonly spreadMs: number
  /** Whether bonds that are free are taken back; false for who rolls them. */
  readonly releases: boolean
  /** L1 blocks read with one request. */
  readonly rangeBlocks?: bigint
}

export type DisputeAgentEvent =
  | { readonly kind: 'look'; readonly status: DisputeAgentStatus }
  | { readonly kind: 'look-failed'; readonly error: unknown }
  | { readonly kind: 'alert'; readonly alert: Alert; readonly decision: Decision | undefined }
  | { readonly kind: 'sending'; readonly intent: DisputeIntent }
  | {
      readonly kind: 'sent'
      readonly call: DisputeCallKind
      readonly key: string
      readonly gasUsed: bigint
      readonly feeWei: bigint
    }
  | { readonly kind: 'already-done'; readonly call: DisputeCallKind; readonly key: string; readonly gasUsed: bigint }
  | { readonly kind: 'failed'; readonly call: DisputeCallKind; readonly key: string; readonly error: unknown }
  | { readonly kind: 'trace-progress'; readonly progress: OwnTraceProgress }
  | { readonly kind: 'trace-built'; readonly assertionId: Hash; readonly seconds: number }

/** What an agent knows and does, for /status. All of it is rebuilt from L1 and the node. */
export interface DisputeAgentStatus {
  readonly mode: Mode
  readonly address: string
  /** Milliseconds since 1970 of the last complete look. */
  readonly lastLookAt: number | undefined
  readonly lastError: string | undefined
  readonly l1Block: bigint | undefined
  readonly readToL1Block: bigint
  /** Wei in own bonds that can still be slashed. */
  readonly atRiskWei: bigint
  readonly creditWei: bigint
  /** Of parents with more than one child, or a wrong one. */
  readonly disputes: readonly Decision[]
  readonly alerts: readonly Alert[]
  readonly inFlight: readonly string[]
  readonly traces: readonly OwnTraceProgress[]
  /** Traces that are wanted and not built. */
  readonly traceQueue: TraceLoad
  readonly counts: Readonly<Record<'sent' | 'alreadyDone' | 'failed', number>>
  /** Least seconds left on a clock that runs for us; undefined while none does. */
  readonly leastClockSeconds: bigint | undefined
}

/** A running agent. */
export interface DisputeAgent {
  status(): DisputeAgentStatus
  /** What L1 held of a dispute at the last look, and what was decided. */
  explain(assertionId: Hash): { readonly state: DisputeState; readonly decision: Decision } | undefined
  states(): readonly DisputeState[]
  /** One look with all that follows from it; resolves when the calls are sent off, not when they are final. Throws `L1Error`. */
  look(): Promise<void>
  /** Looks until the signal aborts; never rejects because of a peer. */
  run(signal: AbortSignal): Promise<void>
}
