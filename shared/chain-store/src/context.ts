import type { L2Block } from '@crema/protocol'
import type { Database, Statement } from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { type Cache, createCache } from './cache.ts'
import { ChainStoreError } from './errors.ts'
import * as schema from './schema.ts'
import type { ChainStoreOptions } from './types.ts'

/** Parameters and rows of raw statements. */
export type SqlValue = Uint8Array | string | number | bigint | null

/** What every operation of the store works with. */
export interface StoreContext {
  readonly db: Database
  readonly orm: BetterSQLite3Database<typeof schema>
  readonly readonly: boolean
  readonly l1History: number
  /** Trie nodes by hex of their hash; content-addressed, so never stale. */
  readonly nodes: Cache<string, Uint8Array>
  readonly codes: Cache<string, Uint8Array>
  /** Blocks by hash. A hit counts only for a block that the database was just seen to hold. */
  readonly blocks: Cache<string, L2Block>
  /** The statement of this text, prepared once. */
  statement<Row>(text: string): Statement<SqlValue[], Row>
  /** Runs `action` in one write transaction (a savepoint inside another). Throws `READONLY`. */
  write<T>(action: () => T): T
  /** Runs `action` on one state of the file. */
  read<T>(action: () => T): T
}

const defaultNodeCacheBytes = 64 << 20
const defaultBlockCacheCount = 64
const defaultL1History = 8192

/** Bytes a cached node takes besides itself: key, map entry, array object. */
const entryOverhead = 200

/** Context over an open, migrated database. */
export function createContext(db: Database, options: ChainStoreOptions): StoreContext {
  const readonly = options.readonly ?? false
  const nodeBytes = options.nodeCacheBytes ?? defaultNodeCacheBytes
  const weigh = (bytes: Uint8Array): number => bytes.length + entryOverhead
  const nodes = createCache<string, Uint8Array>(Math.floor(nodeBytes * 0.75), weigh)
  const codes = createCache<string, Uint8Array>(Math.floor(nodeBytes * 0.25), weigh)
  // Another process may replace blocks of equal hash but other skipped entries under a reader.
  const blocks = createCache<string, L2Block>(
    readonly ? 0 : (options.blockCacheCount ?? defaultBlockCacheCount),
    () => 1,
  )
  const statements = new Map<string, Statement<SqlValue[], unknown>>()
  const transaction = db.transaction((action: () => unknown) => action())

  return {
    db,
    orm: drizzle(db, { schema }),
    readonly,
    l1History: options.l1History ?? defaultL1History,
    nodes,
    codes,
    blocks,
    statement<Row>(text: string) {
      let statement = statements.get(text)
      if (statement === undefined) {
        statement = db.prepare<SqlValue[], unknown>(text)
        statements.set(text, statement)
      }
      return statement as Statement<SqlValue[], Row>
    },
    write<T>(action: () => T): T {
      if (readonly) throw new ChainStoreError('READONLY', 'the store was opened read-only')
      try {
        return transaction.immediate(action) as T
      } catch (error) {
        // What the failed transaction wrote may stand in the caches.
        for (const cache of [nodes, codes, blocks]) cache.clear()
        throw error
      }
    },
    read<T>(action: () => T): T {
      return readonly && !db.inTransaction ? (transaction.deferred(action) as T) : action()
    },
  }
}
