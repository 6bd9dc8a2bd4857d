import SqliteDatabase from 'better-sqlite3'

/**
 * Holds `path.lock` for this process: an SQLite file in an exclusive transaction. The operating system drops it with the process, so
 * that `kill -9` leaves nothing to clean up. Returns what releases it; throws `refused` of SQLite's error while another holds it.
 */
export function holdExclusive(path: string, refused: (cause: unknown) => Error): () => void {
  const lock = new SqliteDatabase(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw refused(cause)
  }
  return () => lock.close()
}
