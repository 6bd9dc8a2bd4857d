import { ChainStoreError } from './errors.ts'
import { holdExclusive } from './hold-exclusive.ts'

/** Takes the one-writer lock of a store. Returns what releases it; throws `STORE_LOCKED`. */
export function lockStore(path: string): () => void {
  return holdExclusive(path, (cause) => {
    const details = { path }
    return new ChainStoreError('STORE_LOCKED', 'another process writes this store', { details, retryable: true, cause })
  })
}
