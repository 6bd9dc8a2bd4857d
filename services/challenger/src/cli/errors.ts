import { CremaError } from '@crema/protocol'

/** Why a command did not do what it was asked for. */
export type CliErrorCode =
  /** The words do not make a command. */
  | 'cli.usage'
  /** L1 has no such assertion, commitment or duel. */
  | 'cli.not-found'
  /** The running service has the data directory: it acts by itself. Retryable. */
  | 'cli.service-runs'
  /** Nothing of the kind is right to do now; why stands in the details. Retryable. */
  | 'cli.not-due'
  /** A check of `doctor` failed. */
  | 'cli.unhealthy'
  /** There is no key to send with. */
  | 'cli.no-key'

export class CliError extends CremaError {
  override readonly name = 'CliError'
  declare readonly code: CliErrorCode
}

export function usage(message: string, details: Readonly<Record<string, unknown>> = {}): CliError {
  return new CliError('cli.usage', message, { details })
}
