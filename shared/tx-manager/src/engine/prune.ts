import type { Context } from './context.ts'

/** Time between prunings, milliseconds. */
const EVERY_MS = 3_600_000

/** Drops call data and signed bytes of what was settled long ago, now and then; keys and outcomes stay, so that every key keeps its promise. */
export function pruneSettled(context: Context): void {
  const nowMs = context.clock.nowMs()
  if (nowMs < context.pruneAtMs) return
  context.pruneAtMs = nowMs + EVERY_MS
  const intents = context.store.prune(nowMs - context.config.keepSettledMs)
  if (intents > 0) context.log.debug({ intents }, 'pruned settled transactions')
}
