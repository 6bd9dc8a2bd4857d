import type { AttemptRow, IntentChange, IntentRecord } from '@crema/chain-store'
import type { Clock, Logger } from '@crema/service-kit'
import type { Chain } from '../chain.ts'
import type { TxEvent, TxMetrics } from '../events.ts'
import { type IntentEvent, transition } from '../state.ts'
import type { IntentStore } from '../store.ts'
import type { Intent, Receipt, Signer, TxManagerConfig } from '../types.ts'

/** An open intent with what is known of it in memory only. */
export interface Tracked {
  record: IntentRecord
  isDone: Intent['isDone']
  abi: Intent['abi']
  /** The latest transaction must be published. */
  mustPublish: boolean
  /** Not before this time, Unix milliseconds. */
  publishAtMs: number
  /** Time of the next bump. */
  replaceAtMs: number
  /** A fee limit forbids bumps until this time. */
  limitedUntilMs: number
  lostSightings: number
  /** What a fee limit, a lack of funds or a node that lags keeps it from, in words; null once it was signed. */
  heldBack: string | null
  /** A nonce under which no signed transaction of it ever left this process, or null; after a restart nobody knows of any. */
  unseenNonce: number | null
  readonly outcome: PromiseWithResolvers<Receipt>
}

/** What all steps share. */
export interface Context {
  /** Fee limits may change at run time. */
  config: TxManagerConfig
  readonly chain: Chain
  readonly signer: Signer
  readonly store: IntentStore
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: TxMetrics
  readonly emit: (event: TxEvent) => void
  /** Open intents by key, in order of arrival. */
  readonly tracked: Map<string, Tracked>
  /** Consecutive looks that found a gap, by nonce. */
  gapSightings: Map<number, number>
  reconciled: boolean
  /** Time of the next pruning of the store, Unix milliseconds. */
  pruneAtMs: number
  bumps: number
  feesSpentWei: bigint
}

/** Keys of intents that only use up a nonce. */
export const fillerPrefix = 'crema:use-nonce:'

/** Whether the intent exists only to use up its nonce. */
export const isFiller = (key: string): boolean => key.startsWith(fillerPrefix)

/** Nonces held by intents of ours that are not settled. */
export function ownNonces(context: Context): ReadonlySet<number> {
  const nonces = [...context.tracked.values()].map(({ record }) => (record.state === 'queued' ? null : record.nonce))
  return new Set(nonces.filter((nonce) => nonce !== null))
}

/** Whether the intent has a transaction on its way. */
export const isInFlight = ({ record: { state } }: Tracked): boolean => state === 'signed' || state === 'sent'

/** Whether nothing that was signed under the intent's present nonce left this process. */
export const isUnseen = ({ record, unseenNonce }: Tracked): boolean =>
  record.nonce !== null && record.nonce === unseenNonce

/** The latest transaction signed for the intent's present nonce, or undefined. */
export function latestAttempt({ record }: Tracked): AttemptRow | undefined {
  return record.state === 'queued' ? undefined : record.attempts.filter((a) => a.nonce === record.nonce).at(-1)
}

/** Starts tracking a stored intent. What was signed before is published again: nobody knows whether it ever was. */
export function track(context: Context, record: IntentRecord): Tracked {
  const nowMs = context.clock.nowMs()
  const tracked: Tracked = {
    record,
    isDone: undefined,
    abi: undefined,
    mustPublish: record.state === 'signed' || record.state === 'sent',
    publishAtMs: nowMs,
    replaceAtMs: nowMs + context.config.resubmitMs,
    limitedUntilMs: 0,
    lostSightings: 0,
    heldBack: null,
    unseenNonce: null,
    outcome: Promise.withResolvers<Receipt>(),
  }
  // Nobody may be waiting: an intent resumed from the store has no caller.
  tracked.outcome.promise.catch(() => {})
  context.tracked.set(record.key, tracked)
  return tracked
}

/** Applies an event (or none) and a change to an intent, in the store first. */
export function save(
  context: Context,
  tracked: Tracked,
  event: IntentEvent | null,
  change: Omit<IntentChange, 'state' | 'updatedAtMs'> = {},
): void {
  const state = event === null ? tracked.record.state : transition(tracked.record.state, event)
  const full = { ...change, state, updatedAtMs: context.clock.nowMs() }
  context.store.update(tracked.record.key, full)
  tracked.record = { ...tracked.record, ...full }
}
