import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Alert, DisputeIntent, DueCall, WantedMove } from '../decide/types.ts'

/** A move that is due and cannot be made. */
export interface RefusedMove {
  readonly move: WantedMove
  readonly alert: Alert
}

/** The first of some calls, computed. */
export interface MadeCalls {
  readonly intents: readonly DisputeIntent[]
  readonly refused: readonly RefusedMove[]
  /** Those after them, untouched. */
  readonly rest: readonly DueCall[]
}

/**
 * Computes the first `free` of these calls, in their order, and no others: a move costs what reading the trace costs, a proof up to half a second of the only
 * thread. Lets everything else have its turn before each.
 */
export async function makeDue(calls: readonly DueCall[], free: number): Promise<MadeCalls> {
  const intents: DisputeIntent[] = []
  const refused: RefusedMove[] = []
  let at = 0
  for (; at < calls.length && intents.length < free; at++) {
    const due = calls[at]!
    if ('call' in due) {
      intents.push(due)
      continue
    }
    await nextTurn()
    const made = due.make()
    if ('code' in made) refused.push({ move: due, alert: made })
    else intents.push(made)
  }
  return { intents, refused, rest: calls.slice(at) }
}
