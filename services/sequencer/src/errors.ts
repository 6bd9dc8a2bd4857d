import { CremaError, type CremaErrorOptions } from '@crema/protocol'

/**
 * A failure of the sequencer itself: `LOG_CORRUPT`, `LOG_FAILED`, `LOG_IN_USE`, `CHAIN_MISMATCH` (the log is of another set
 * or lane binding), `BAD_COMMITTEE`, `EPOCH_NOT_STARTED`, `LOG_BEHIND_L1` and `LOG_CONTRADICTS_L1` (an old copy of the log, or a second sequencer with these keys).
 */
export class SequencerServiceError extends CremaError {
  override readonly name = 'SequencerServiceError'
}

/** A request that the sequencer declines. `code` is the API's stable code, `status` the HTTP status that carries it. */
export class Refusal extends CremaError {
  override readonly name = 'Refusal'
  readonly status: 400 | 404 | 409 | 413 | 429 | 503

  constructor(status: Refusal['status'], code: string, message: string, options: CremaErrorOptions = {}) {
    super(code, message, options)
    this.status = status
  }
}
