/** A refusal as the API states it: `{"error": {code, message, retryable}}`. */
export interface WireError {
  /** Stable, upper case. */
  readonly code: string
  readonly message: string
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
}

/** JSON form of a refusal. */
export function encodeError({ code, message, retryable }: WireError) {
  return { error: { code, message, retryable } }
}

/** The refusal in an answer of a failed request, or undefined when the answer does not have that form. */
export function parseError(value: unknown): WireError | undefined {
  const error = (value as { error?: unknown } | null | undefined)?.error as Partial<WireError> | null | undefined
  if (typeof error !== 'object' || error === null) return undefined
  const { code, message, retryable } = error
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]{0,63}$/.test(code) || typeof message !== 'string') return undefined
  return { code, message: message.slice(0, 500), retryable: retryable === true }
}
