/** What an error needs besides its message. */
export interface CremaErrorOptions {
  /** The values on both sides of the failed check, for logs and tools. */
  readonly details?: Readonly<Record<string, unknown>>
  /** Whether the same call may succeed later without anyone changing anything. */
  readonly retryable?: boolean
  readonly cause?: unknown
}

/** Base of every error Crema throws on purpose. `code` is stable and meant for programs; the message is for people. */
export class CremaError extends Error {
  override readonly name: string = 'CremaError'
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  readonly retryable: boolean

  constructor(code: string, message: string, options: CremaErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
    this.retryable = options.retryable ?? false
  }
}

/** Bytes that do not follow the format they claim to have. */
export class DecodeError extends CremaError {
  override readonly name = 'DecodeError'
}
