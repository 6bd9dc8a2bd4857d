import { CremaError } from '@crema/protocol'

/** A trace was asked for what it does not hold, a proof does not hold, or a source broke a rule that consensus guarantees. */
export class TraceError extends CremaError {
  override readonly name = 'TraceError'
}
