import type { IntentState } from '@crema/chain-store'
import { CremaError } from '@crema/protocol'

/** What can happen to an intent. */
export type IntentEvent =
  /** A transaction was signed and stored, and must be published. */
  | 'sign'
  /** A node took it, or knew it already. */
  | 'accept'
  /** A transaction of the intent is in a block (again, or in another one). */
  | 'include'
  /** It is in no block any more; the latest transaction must be published again. */
  | 'reorg'
  /** It is deep enough, or the aim was found reached. */
  | 'confirm'
  /** Another transaction used the nonce for good; a fresh one is needed. */
  | 'lose'
  /** It never will succeed. */
  | 'fail'

/** The whole life of an intent. `signed` means the latest transaction is not known to be accepted. */
export const transitions: Readonly<Record<IntentState, Readonly<Partial<Record<IntentEvent, IntentState>>>>> = {
  queued: { sign: 'signed', include: 'mined', confirm: 'confirmed', fail: 'failed' },
  signed: { sign: 'signed', accept: 'sent', include: 'mined', lose: 'queued', fail: 'failed' },
  sent: { sign: 'signed', accept: 'sent', include: 'mined', lose: 'queued' },
  mined: { include: 'mined', reorg: 'signed', confirm: 'confirmed', fail: 'failed' },
  confirmed: { reorg: 'signed' },
  failed: {},
}

/**
 * The state after an event.
 * @throws CremaError `tx.illegal-transition`: a mistake in this package.
 */
export function transition(state: IntentState, event: IntentEvent): IntentState {
  const next = transitions[state][event]
  if (next === undefined) {
    throw new CremaError('tx.illegal-transition', `${event} cannot happen to a ${state} intent`, {
      details: { state, event },
    })
  }
  return next
}

/** Whether the intent has its outcome. A confirmed one loses it only by a reorganisation deeper than `confirmations`. */
export const isSettled = (state: IntentState): boolean => state === 'confirmed' || state === 'failed'
