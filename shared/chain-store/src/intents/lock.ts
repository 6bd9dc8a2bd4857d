import { CremaError } from '@crema/protocol'
import SqliteDatabase from 'better-sqlite3'

/**
 * Takes the one-owner lock of a store: a SQLite file beside it, kept in an exclusive transaction. The operating system
 * drops it with the process, so a killed owner leaves nothing to clean up.
 * @returns the function that releases it
 * @throws CremaError `intents.locked` (retryable) while another owner lives.
 */
export function lockStore(path: string): () => void {
  const lock = new SqliteDatabase(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    const message = 'another process owns the intent store: a key has one sender at a time'
    throw new CremaError('intents.locked', message, { details: { path }, retryable: true, cause })
  }
  return () => lock.close()
}
