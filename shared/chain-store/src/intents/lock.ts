import { CremaError } from '@crema/protocol'
import { holdExclusive } from '../hold-exclusive.ts'

/** Takes the one-owner lock of an intent store. Returns what releases it; throws `intents.locked` (retryable) while another owner lives. */
export function lockStore(path: string): () => void {
  return holdExclusive(path, (cause) => {
    const message = 'another process owns the intent store: a key has one sender at a time'
    return new CremaError('intents.locked', message, { details: { path }, retryable: true, cause })
  })
}
