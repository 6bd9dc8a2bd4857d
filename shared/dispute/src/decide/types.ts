import type { AccountStakes, DisputeCall, DisputeState } from '@crema/l1'
import type { Address, Hash } from '@crema/protocol'
import type { DuelState } from '../duel/duel-state.ts'
import type { OwnChild } from '../own/own-child.ts'
import type { OwnTrace } from '../own/own-trace.ts'
import type { Mode } from './modes.ts'

/** A call that an agent wants on L1. */
export interface DisputeIntent {
  readonly call: DisputeCall
  /** Names the effect: the same over restarts, and never two effects under one name. */
  readonly key: string
  /** L1 time in seconds by which it must have happened; undefined when nothing is lost by waiting. */
  readonly deadline: bigint | undefined
  /** Wei put at stake beyond what is at stake already. */
  readonly stakeWei: bigint
  /** Why, with the evidence: for logs and people. */
  readonly reason: Evidence
}

/** A move that is due and not computed yet. */
export interface WantedMove extends Omit<DisputeIntent, 'call'> {
  readonly kind: 'startDuel' | 'reveal' | 'prove'
  readonly duelId: Hash
  /** Computes it, which costs what reading the trace costs; an alert says why there is none. */
  make(): DisputeIntent | Alert
}

/** What is due, computed or not. */
export type DueCall = DisputeIntent | WantedMove

export interface Evidence {
  readonly what: string
  readonly [fact: string]: unknown
}

export type AlertCode =
  /** The right child cannot be told, or is in doubt: nothing is staked or settled. */
  | 'unknown'
  /** L1 has assertions, commitments or moves whose events were not read; critical for an assertion while its parent's children are undecided. */
  | 'events-missing'
  /** Only a wrong assertion has commitments alive. */
  | 'wrong-may-win'
  /** A wrong child has no rival yet; critical when that is held back or late, or the window to rival it is over. */
  | 'wrong-unrivalled'
  /** The right commitment, or one that this account staked, ran out of time, or lost. */
  | 'clock-expired'
  | 'right-eliminated'
  /** A duel in which no move could be made. */
  | 'no-move'
  /** The trace that is wanted cannot be built, or takes too long. */
  | 'no-trace'
  /** More traces are wanted than can be built in time. */
  | 'traces-late'
  /** The trace does not lead to the asserted end. */
  | 'trace-disagrees'
  /** The newest L1 block is old: nothing that is decided is about L1 as it is. */
  | 'l1-stale'
  /** The pot has less than is due to us, and gets no more. */
  | 'unpaid'
  /** A bound on stakes or time, or the mode, forbids what would be right. */
  | 'limit'

export interface Alert {
  readonly code: AlertCode
  readonly severity: 'info' | 'warning' | 'critical'
  /** Stable name of what it is about. */
  readonly about: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Bounds on what an agent puts at risk. */
export interface Limits {
  /** Wei of one stake at most. */
  readonly maxStakeWei: bigint
  /** Wei at stake in undecided assertions and commitments at most, all together. */
  readonly maxAtRiskWei: bigint
  /** Seconds that must be left on the clock of a commitment with a new stake. */
  readonly minClockSeconds: bigint
  /** Credits below are left alone, wei. */
  readonly minCollectWei: bigint
}

/** What building a trace failed with. */
export interface TraceFailure {
  readonly code: string
  readonly message: string
}

export interface DecideInput {
  readonly state: DisputeState
  readonly own: OwnChild
  /** Trace of the right child, once it is built. */
  readonly trace: OwnTrace | undefined
  /** Why it could not be built, while it is tried again. */
  readonly traceFailure?: TraceFailure
  readonly account: { readonly address: Address; readonly stakes: AccountStakes }
  readonly mode: Mode
  readonly limits: Limits
  /** Which right assertions to back with a commitment; all by default. */
  readonly defends?: (assertion: DisputeState['assertions'][number]) => boolean
}

/** Where the right commitment, or while it is not known one that this account staked, stands against another. */
export interface DuelReport {
  readonly duelId: Hash
  readonly older: Hash
  readonly newer: Hash
  readonly state: DuelState
}

export interface Decision {
  readonly disputeId: Hash
  readonly parentId: Hash
  readonly reopenEpoch: number
  /** The right child, if it is known. */
  readonly rightId: Hash | undefined
  /** The right commitment, once its trace is known. */
  readonly rightCommitment: Hash | undefined
  /** Whether the parent is wrong, or stands on a wrong assertion: nothing is staked here. */
  readonly isBelowWrong: boolean
  /** All that would be right, in order of deadlines; {@link DisputeIntent}s that the mode forbids are left out, and told as alerts. */
  readonly intents: readonly DisputeIntent[]
  /** Moves that are due and not computed yet, in order of deadlines. */
  readonly moves: readonly WantedMove[]
  readonly alerts: readonly Alert[]
  readonly duels: readonly DuelReport[]
  /** L1 time, seconds, by which the trace of the right child is needed, so that there is time for a new stake and its moves; undefined while it is not wanted. */
  readonly traceBy: bigint | undefined
  /** Whether nothing is left to do for anybody. */
  readonly isFinished: boolean
}
