import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { SequencerServiceError } from '../errors.ts'

/** Keeps the locks from the garbage collector, which would release them. */
const held = new Set<DatabaseSync>()

/**
 * Takes `dir/log.lock` for this process, because two sequencers on one log would sign two headers at one height: an SQLite file held in an
 * exclusive transaction. The operating system drops the lock with the process, so that `kill -9` leaves nothing to clean up, and
 * there is no moment at which two could take it. Returns what releases it.
 * @throws SequencerServiceError LOG_IN_USE.
 */
export function lockDirectory(dir: string): () => void {
  const path = join(dir, 'log.lock')
  // Two that try at the same moment can both be refused; a short wait lets one of them through.
  const lock = new DatabaseSync(path, { timeout: 20 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (!isBusy(cause)) throw cause
    throw new SequencerServiceError('LOG_IN_USE', 'another process uses this log', { details: { path }, cause })
  }
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}

/** SQLITE_BUSY. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
