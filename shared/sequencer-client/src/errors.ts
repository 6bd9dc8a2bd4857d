import { CremaError, type CremaErrorOptions } from '@crema/protocol'

/**
 * `SEQUENCER_UNREACHABLE`: no usable answer (connection, time limit, overload); retryable. `SEQUENCER_REFUSED`: the sequencer
 * declined the request, `details.reason` is its own code. `SEQUENCER_BAD_RESPONSE`: an answer that breaks the API's format or
 * a size cap; another endpoint may do better.
 */
export type SequencerErrorCode = 'SEQUENCER_UNREACHABLE' | 'SEQUENCER_REFUSED' | 'SEQUENCER_BAD_RESPONSE'

/** Any failure of a {@link SequencerClient}. */
export class SequencerError extends CremaError {
  override readonly name = 'SequencerError'
  declare readonly code: SequencerErrorCode

  constructor(code: SequencerErrorCode, message: string, options: CremaErrorOptions = {}) {
    super(code, message, options)
  }
}

/** A malformed answer; `where` names the field or the call. */
export function badResponse(where: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
  return new SequencerError('SEQUENCER_BAD_RESPONSE', `${where}: ${message}`, { details: { where, ...details } })
}

/** No usable answer. */
export function unreachable(message: string, details: Readonly<Record<string, unknown>>, cause?: unknown) {
  return new SequencerError('SEQUENCER_UNREACHABLE', message, { details, retryable: true, cause })
}
