import SqliteDatabase from 'better-sqlite3'
import { ChainStoreError, type ChainStoreErrorCode } from './errors.ts'

const retryable: ReadonlySet<ChainStoreErrorCode> = new Set(['STORE_IO', 'STORE_BUSY'])

function codeOf(sqlite: string): ChainStoreErrorCode | undefined {
  if (sqlite.startsWith('SQLITE_CORRUPT') || sqlite === 'SQLITE_NOTADB') return 'STORE_CORRUPT'
  if (sqlite.startsWith('SQLITE_BUSY') || sqlite.startsWith('SQLITE_LOCKED')) return 'STORE_BUSY'
  if (sqlite.startsWith('SQLITE_CONSTRAINT')) return 'DUPLICATE'
  if (/^SQLITE_(IOERR|FULL|CANTOPEN|READONLY|PERM|NOMEM)/.test(sqlite)) return 'STORE_IO'
  return undefined
}

/** Rethrows SQLite's faults as {@link ChainStoreError}s and everything else as it is. */
export function throwTyped(error: unknown, path: string): never {
  if (error instanceof SqliteDatabase.SqliteError) {
    const code = codeOf(error.code)
    if (code !== undefined)
      throw new ChainStoreError(code, error.message, {
        details: { path, sqlite: error.code },
        retryable: retryable.has(code),
        cause: error,
      })
  }
  throw error
}

/** Runs a read of stored bytes; whatever cannot be decoded is damage of the file. */
export function decodeStored<T>(what: string, place: Readonly<Record<string, unknown>>, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw new ChainStoreError('STORE_CORRUPT', `stored ${what} cannot be decoded`, { details: place, cause })
  }
}
