import type { ProposerPorts } from './ports.ts'

/** Time after which nobody asks for the call data of a settled transaction, milliseconds. */
const KEPT_MS = 7 * 24 * 3_600_000
/** Time between prunings, milliseconds. */
const EVERY_MS = 3_600_000

/** Returns what drops call data and signed bytes of long settled transactions, now and then; keys and outcomes stay. */
export function createIntentPruner({ intents, clock, logger }: Pick<ProposerPorts, 'intents' | 'clock' | 'logger'>) {
  let dueMs = 0
  return (): void => {
    const nowMs = clock.nowMs()
    if (nowMs < dueMs) return
    dueMs = nowMs + EVERY_MS
    logger.debug({ intents: intents.prune(nowMs - KEPT_MS) }, 'pruned settled transactions')
  }
}
