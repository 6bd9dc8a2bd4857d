import SqliteDatabase from 'better-sqlite3'
import { ChainStoreError } from './errors.ts'

/**
 * Takes the one-writer lock of a store: an SQLite file beside it, held in an exclusive transaction. The operating system drops the
 * lock with the process, so that `kill -9` leaves nothing to clean up. Returns what releases it; throws `STORE_LOCKED`.
 */
export function lockStore(path: string): () => void {
  const lock = new SqliteDatabase(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new ChainStoreError('STORE_LOCKED', 'another process writes this store', {
      details: { path },
      retryable: true,
      cause,
    })
  }
  return () => lock.close()
}
