import { type Intent, TxFailedError, TxUsageError } from '@crema/tx-manager'
import { nextAttempt } from './attempts.ts'
import { nothing, type ProposerDependencies, type ProposerStep } from './ports.ts'

/** A call that the proposer wants on L1. */
export interface Action extends Omit<Intent, 'key' | 'deadlineMs'> {
  /** What it is for, unique to its effect: names the attempts. */
  readonly aim: string
  /** What to report once it is done. */
  readonly done: ProposerStep
}

/**
 * Sends one transaction and waits until it is final, for at most `giveUpMs` while L1 does not take it: what else is due must not
 * wait for ever. A failure is a step too, and the next attempt waits longer each time. Throws `TxManagerClosedError`.
 */
export async function act(deps: ProposerDependencies, { aim, done, ...intent }: Action): Promise<ProposerStep> {
  const { intents, tx, clock, settings, metrics } = deps
  const { key, failures, notBeforeMs } = nextAttempt(intents, aim, settings.pollMs)
  const nowMs = clock.nowMs()
  if (nowMs < notBeforeMs) {
    return nothing(`${aim} failed ${failures} times; tries again at ${new Date(notBeforeMs).toISOString()}`)
  }
  try {
    await tx.send({ ...intent, key, deadlineMs: nowMs + settings.giveUpMs })
    return done
  } catch (error) {
    // An attempt from before a restart that asked for something else; it settles by itself.
    if (error instanceof TxUsageError && error.code === 'tx.key-conflict') return nothing(`${key} is under way`)
    if (!(error instanceof TxFailedError)) throw error
    metrics.failed()
    return { did: 'failed', what: aim, why: `${error.code}: ${error.message}` }
  }
}
