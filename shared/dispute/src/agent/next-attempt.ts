import type { IntentStore } from '@crema/tx-manager'

/** Longest pause after failures, milliseconds. */
const MAX_PAUSE_MS = 300_000

/** The next attempt at an aim. */
export interface Attempt {
  /** Idempotency key for the transaction manager. */
  readonly key: string
  /** Not before, Unix milliseconds. */
  readonly notBeforeMs: number
}

/**
 * The next attempt at an aim, by what the store holds: one that is not settled goes on under its key, also after a restart; a settled one whose effect is not on
 * L1 is followed by another number. No effect doubles, because the contracts name everything by content. The pause after failures doubles up to 5 minutes,
 * but is at most a quarter of what is left until `deadlineMs`.
 */
export function nextAttempt(
  intents: Pick<IntentStore, 'get'>,
  aim: string,
  firstPauseMs: number,
  deadlineMs: number | undefined,
): Attempt {
  const at = (attempt: number) => intents.get(`${aim}#${attempt}`)
  let count = 0
  while (at(count) !== undefined) count++
  const last = count === 0 ? undefined : at(count - 1)
  if (last === undefined) return { key: `${aim}#0`, notBeforeMs: 0 }
  if (last.state !== 'confirmed' && last.state !== 'failed') return { key: `${aim}#${count - 1}`, notBeforeMs: 0 }
  const key = `${aim}#${count}`
  if (last.state === 'confirmed') return { key, notBeforeMs: 0 }
  let failures = 0
  while (failures < count && at(count - 1 - failures)?.state === 'failed') failures++
  const doubled = Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), MAX_PAUSE_MS)
  const left = deadlineMs === undefined ? doubled : Math.max(0, (deadlineMs - last.updatedAtMs) / 4)
  return { key, notBeforeMs: last.updatedAtMs + Math.min(doubled, left) }
}
