/**
 * What this package reads from errors, whoever threw them. It imports nothing of Crema, so errors are taken by shape.
 */
export interface ErrorShape {
  readonly code?: string
  readonly retryable?: boolean
  readonly message: string
}

/** `true` or `false` as the error itself says, `undefined` when it says nothing. */
export function isRetryable(error: unknown): boolean | undefined {
  if (typeof error !== 'object' || error === null || !('retryable' in error)) return undefined
  return typeof error.retryable === 'boolean' ? error.retryable : undefined
}

/** Process exit codes: a supervisor restarts on 75 (sysexits' EX_TEMPFAIL) and calls a person on 1. */
export const exitCodes = { clean: 0, fatal: 1, retryable: 75 } as const

/** The exit code an error asks for. */
export function exitCodeOf(error: unknown): 1 | 75 {
  return isRetryable(error) === true ? exitCodes.retryable : exitCodes.fatal
}
