import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { readHeads, readIdentity, requireSameChain } from './chain/heads.ts'
import { headerByNumber } from './chain/read-header.ts'
import { createContext, type StoreContext } from './context.ts'
import { ChainStoreError } from './errors.ts'
import { throwTyped } from './guard.ts'
import { lockStore } from './lock.ts'
import { migrate } from './migrate.ts'
import { createStore } from './store.ts'
import type { ChainStore, ChainStoreOptions } from './types.ts'

const busyTimeoutMs = 5_000
const pageCacheKiB = 32 << 10
/**
 * Pages in the log before they move to the database (64 MiB). A block dirties hundreds of random pages of the node table: with SQLite's
 * default of 1,000 nearly every block would pay for a checkpoint and its fsync.
 */
const checkpointPages = 16_384
const journalLimitBytes = 64 << 20

/**
 * Opens a chain store: one SQLite file in WAL mode with one writing process. Creates folders and file, and applies migrations.
 * Throws `ChainStoreError`: `STORE_CORRUPT`, `NOT_A_CHAIN_STORE`, `SCHEMA_TOO_NEW`, `SCHEMA_TOO_OLD`, `STORE_LOCKED`, `STORE_IO`, and `CHAIN_MISMATCH`
 * when the store holds another chain than `options.genesis`.
 */
export function openChainStore(options: ChainStoreOptions): ChainStore {
  const { path, readonly = false } = options
  let unlock = (): void => undefined
  let db: Database | undefined
  try {
    if (!readonly) {
      mkdirSync(dirname(path), { recursive: true })
      unlock = lockStore(path)
    }
    db = connect(path, readonly)
    migrate(db, readonly)
    const context = createContext(db, options)
    requireSound(context, options)
    return createStore(context, options.genesis, unlock)
  } catch (error) {
    db?.close()
    unlock()
    return throwTyped(asStoreError(error, path), path)
  }
}

function connect(path: string, readonly: boolean): Database {
  if (readonly && !existsSync(path))
    throw new ChainStoreError('STORE_IO', 'there is no store to read', { details: { path } })
  const db = new SqliteDatabase(path, { readonly, timeout: busyTimeoutMs })
  try {
    if (!readonly) {
      db.pragma('journal_mode = WAL')
      db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
      db.pragma(`journal_size_limit = ${journalLimitBytes}`)
    }
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    db.pragma(`cache_size = -${pageCacheKiB}`)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/** The chain is the expected one and its heads can be read. */
function requireSound(context: StoreContext, { path, genesis }: ChainStoreOptions): void {
  const identity = readIdentity(context)
  if (identity === undefined) return
  if (genesis !== undefined) requireSameChain(path, identity, genesis)
  const { latest, safe, finalized } = readHeads(context)
  for (const { number } of [latest, safe, finalized]) headerByNumber(context, number)
}

/** File system faults of Node as typed errors. */
function asStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  return new ChainStoreError('STORE_IO', error.message, { details: { path }, retryable: true, cause: error })
}
