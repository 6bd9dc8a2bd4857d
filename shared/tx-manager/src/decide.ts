import type { IntentState } from '@crema/chain-store'
import type { Hash } from '@crema/protocol'

/** Everything the next step of an intent depends on. */
export interface Observation {
  readonly state: IntentState
  readonly nowMs: number
  /** Nonce given to the intent, or null. */
  readonly nonce: number | null
  /** The account's nonce at the latest block, read before the receipts. */
  readonly latestNonce: number
  /** The account's nonce at the newest final block; read only where the latest nonce is above the intent's. */
  readonly finalNonce: number
  /** A transaction of the intent in the canonical chain, or null. */
  readonly included: { readonly blockHash: Hash; readonly confirmations: number } | null
  /** Block hash noted when it was last seen included. */
  readonly notedBlockHash: Hash | null
  readonly confirmationsNeeded: number
  /** Looks so far that found the nonce finally used by a stranger. */
  readonly lostSightings: number
  readonly lostSightingsNeeded: number
  /** Caller's deadline is over. */
  readonly expired: boolean
  readonly cancelRequested: boolean
  /** What the latest transaction does, or null when there is none for the nonce. */
  readonly latestPurpose: 'call' | 'cancel' | null
  /** The latest transaction must be published, not before the time. */
  readonly mustPublish: boolean
  readonly publishAtMs: number
  /** Fees are to be bumped from this time on. */
  readonly replaceAtMs: number
  /** The node knows the latest transaction. */
  readonly known: boolean
}

/** The next step. */
export type Action =
  | 'wait'
  | 'sign'
  | 'give-up'
  | 'publish'
  | 'replace'
  | 'request-cancel'
  | 'note-inclusion'
  | 'note-reorg'
  | 'settle'
  | 'count-lost'
  | 'reassign'

function decideInFlight(o: Observation): Action {
  if (o.included) return 'note-inclusion'
  if (o.nonce !== null && o.latestNonce > o.nonce) {
    // Somebody used the nonce. Only when that is final can none of ours be mined any more.
    if (o.finalNonce <= o.nonce) return 'wait'
    return o.lostSightings + 1 >= o.lostSightingsNeeded ? 'reassign' : 'count-lost'
  }
  if (o.expired && !o.cancelRequested) return 'request-cancel'
  if (o.nowMs >= o.replaceAtMs) return 'replace'
  if (o.cancelRequested && o.latestPurpose === 'call' && o.nowMs >= o.publishAtMs) return 'replace'
  if (o.mustPublish || !o.known) return o.nowMs >= o.publishAtMs ? 'publish' : 'wait'
  return 'wait'
}

/** Chooses the next step of an intent; pure, so that any schedule can be tested. */
export function decide(o: Observation): Action {
  switch (o.state) {
    case 'queued':
      if (o.included) return 'note-inclusion'
      if (o.expired || o.cancelRequested) return 'give-up'
      return o.nowMs >= o.publishAtMs ? 'sign' : 'wait'
    case 'signed':
    case 'sent':
      return decideInFlight(o)
    case 'mined':
      if (!o.included) return 'note-reorg'
      if (o.included.blockHash !== o.notedBlockHash) return 'note-inclusion'
      return o.included.confirmations >= o.confirmationsNeeded ? 'settle' : 'wait'
    case 'confirmed':
    case 'failed':
      return 'wait'
    default:
      return o.state satisfies never
  }
}
