import type { IntentStore } from '@crema/tx-manager'

/** Longest pause after failures, milliseconds. */
const MAX_PAUSE_MS = 300_000

/** The next attempt at an aim. */
export interface NextAttempt {
  /** Idempotency key. */
  readonly key: string
  /** Attempts that failed since the last one that did not. */
  readonly failures: number
  /** Not before this time, Unix milliseconds. */
  readonly notBeforeMs: number
}

/**
 * The next attempt at an aim. The first attempt that is not settled keeps its key over restarts; after a settled one whose effect is
 * not on L1 (it failed, or a reorganisation took it back) the next number is used. That never doubles an effect: assertions and bonds are
 * named by content, so the contract refuses a second one. After failures the pause doubles each time, from twice `firstPauseMs` to 5
 * minutes. All of it is read from the store: a restart neither hurries nor forgets.
 */
export function nextAttempt(intents: Pick<IntentStore, 'get'>, aim: string, firstPauseMs: number): NextAttempt {
  const at = (attempt: number) => intents.get(`${aim}#${attempt}`)
  const count = countAttempts((attempt) => at(attempt) !== undefined)
  const last = count === 0 ? undefined : at(count - 1)!
  const open = last !== undefined && last.state !== 'confirmed' && last.state !== 'failed'
  if (last === undefined || open || last.state === 'confirmed') {
    return { key: `${aim}#${open ? count - 1 : count}`, failures: 0, notBeforeMs: 0 }
  }
  let failures = 1
  let pauseMs = Math.min(firstPauseMs * 2, MAX_PAUSE_MS)
  while (failures < count && at(count - 1 - failures)?.state === 'failed') {
    failures++
    pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)
  }
  return { key: `${aim}#${count}`, failures, notBeforeMs: last.updatedAtMs + pauseMs }
}

/** Attempts are numbered without gaps: their number is found in logarithmically many looks. */
function countAttempts(exists: (attempt: number) => boolean): number {
  if (!exists(0)) return 0
  let known = 0
  while (exists(known * 2 + 1)) known = known * 2 + 1
  let missing = known * 2 + 1
  while (missing - known > 1) {
    const middle = (known + missing) >> 1
    if (exists(middle)) known = middle
    else missing = middle
  }
  return missing
}
