import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { ChainStoreError } from '../errors.ts'
import { throwTyped } from '../guard.ts'
import { lockStore } from '../lock.ts'

/** `user_version` of the file. A cache has no migrations: one of another version is emptied. */
const schemaVersion = 1

const schema = `
CREATE TABLE trace_blocks (
  trace TEXT NOT NULL,
  block INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (trace, block)
) STRICT;
PRAGMA user_version = ${schemaVersion};
`

/**
 * What was traced of assertions, block by block, in an SQLite file of its own (by custom `traces.sqlite`). A cache: the file may be deleted at any time.
 * Satisfies `TraceStore` of `@crema/machine`. Throws `ChainStoreError`s: `CLOSED`, `STORE_IO`, `STORE_BUSY`, `STORE_CORRUPT`.
 */
export interface SqliteTraceStore {
  /** The bytes last put for block `block` of the trace, or undefined. */
  get(traceId: string, block: number): Uint8Array | undefined
  /** Survives the death of the process; after a power loss some of the last calls may be undone. */
  put(traceId: string, block: number, record: Uint8Array): void
  /** The traces that it holds blocks of, with their number. */
  traces(): readonly { readonly traceId: string; readonly blocks: number }[]
  /** Forgets a trace; returns how many blocks of it were held. */
  remove(traceId: string): number
  close(): void
}

/**
 * Opens the store at `path`, creating it and its folder, and becomes its only owner. Throws `ChainStoreError`: `STORE_LOCKED` (retryable) while another owner
 * lives, `NOT_A_CHAIN_STORE` for a database of something else, `STORE_CORRUPT`, `STORE_IO`.
 */
export function openTraceStore(path: string): SqliteTraceStore {
  mkdirSync(dirname(path), { recursive: true })
  const unlock = lockStore(path)
  let db: Database | undefined
  try {
    db = new SqliteDatabase(path)
    prepareFile(db, path)
    return createTraceStore(db, path, unlock)
  } catch (error) {
    db?.close()
    unlock()
    return throwTyped(error, path)
  }
}

function prepareFile(db: Database, path: string): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('trusted_schema = OFF')
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
  const foreign = tables.filter((name) => name !== 'trace_blocks')
  if (foreign.length > 0) {
    throw new ChainStoreError('NOT_A_CHAIN_STORE', 'the file is a database of something else', {
      details: { path, foreign },
    })
  }
  if (tables.length > 0 && db.pragma('user_version', { simple: true }) === schemaVersion) return
  db.transaction(() => {
    db.exec('DROP TABLE IF EXISTS trace_blocks')
    db.exec(schema)
  })()
}

function createTraceStore(db: Database, path: string, unlock: () => void): SqliteTraceStore {
  const select = db
    .prepare<[string, number], Buffer>('SELECT record FROM trace_blocks WHERE trace = ? AND block = ?')
    .pluck()
  const replace = db.prepare<[string, number, Uint8Array]>('INSERT OR REPLACE INTO trace_blocks VALUES (?, ?, ?)')
  const list = db.prepare<[], { traceId: string; blocks: number }>(
    'SELECT trace AS traceId, count(*) AS blocks FROM trace_blocks GROUP BY trace ORDER BY trace',
  )
  const remove = db.prepare<[string]>('DELETE FROM trace_blocks WHERE trace = ?')
  const guarded = <T>(action: () => T): T => {
    if (!db.open) throw new ChainStoreError('CLOSED', 'the trace store is closed', { details: { path } })
    try {
      return action()
    } catch (error) {
      return throwTyped(error, path)
    }
  }
  return {
    get(traceId, block) {
      const record = guarded(() => select.get(traceId, block)) as Buffer | undefined
      return record && new Uint8Array(record.buffer, record.byteOffset, record.length)
    },
    put: (traceId, block, record) => guarded(() => void replace.run(traceId, block, record)),
    traces: () => guarded(() => list.all()),
    remove: (traceId) => guarded(() => remove.run(traceId).changes),
    close() {
      db.close()
      unlock()
    },
  }
}
