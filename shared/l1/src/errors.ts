import { CremaError, type CremaErrorOptions } from '@crema/protocol'

/** Failures of reading L1. `retryable` when the endpoint may recover by itself. */
export type L1ErrorCode =
  | 'L1_UNREACHABLE'
  | 'L1_BAD_RESPONSE'
  | 'L1_INCONSISTENT'
  | 'L1_WRONG_CHAIN'
  | 'L1_WRONG_DEPLOYMENT'
  | 'L1_UNKNOWN_EPOCH'

const permanent: readonly L1ErrorCode[] = ['L1_WRONG_CHAIN', 'L1_WRONG_DEPLOYMENT']

export class L1Error extends CremaError {
  override readonly name = 'L1Error'
  declare readonly code: L1ErrorCode

  constructor(code: L1ErrorCode, message: string, options: CremaErrorOptions = {}) {
    super(code, message, { retryable: !permanent.includes(code), ...options })
  }
}

/** Runs a viem call and turns its failures into {@link L1Error} `L1_UNREACHABLE`. */
export async function reading<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof CremaError) throw cause
    const message = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new L1Error('L1_UNREACHABLE', `${what}: ${message}`, { cause })
  }
}
