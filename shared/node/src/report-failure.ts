import { CremaError } from '@crema/protocol'
import type { NodeContext } from './context.ts'

/** Errors about what a peer served, or that L1 moved while it was read: expected, and an alarm of their own says what they mean. */
const EXPECTED = new Set(['L1Error', 'SequencerError', 'DerivationError', 'DecodeError', 'CremaError'])
const L1_MOVED = new Set(['L1_NOT_CONNECTED', 'L1_GAP', 'L1_NOT_FOLLOWED'])

/** Whether a failed step says something about a peer rather than about this node. */
export function isExpected(error: unknown): error is CremaError {
  return error instanceof CremaError && (EXPECTED.has(error.name) || L1_MOVED.has(error.code))
}

/** Logs the failure of a follower's step; one that may be a fault of this node raises the alarm `internal`. */
export function reportFailure(context: NodeContext, error: unknown, message: string): void {
  if (isExpected(error)) {
    context.logger.debug({ err: error, code: error.code }, message)
    return
  }
  context.alarms.raise('internal', error instanceof Error ? error.message : String(error), { during: message })
  context.logger.error({ err: error }, message)
}

/** Raises `internal` for a failure that has lasted too long to be what it first looked like. */
export function reportStall(context: NodeContext, error: unknown, message: string): void {
  const details = { during: message, code: error instanceof CremaError ? error.code : undefined }
  context.alarms.raise('internal', error instanceof Error ? error.message : String(error), details)
  context.logger.warn({ err: error }, `${message} does not get on`)
}
