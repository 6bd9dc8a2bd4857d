import { CremaError } from '@crema/protocol'

/** What an agent was given contradicts itself. */
export class DisputeError extends CremaError {
  override readonly name = 'DisputeError'
}
