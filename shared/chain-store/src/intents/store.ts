import type { Address } from '@crema/protocol'
import SqliteDatabase from 'better-sqlite3'
import { and, asc, eq, gte, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { lockStore } from './lock.ts'
import { migrateIntents } from './migrate.ts'
import * as schema from './schema.ts'
import type { AttemptRow, IntentChange, IntentReceipt, IntentRecord, IntentRow } from './types.ts'

const { attempts, intents } = schema
type Db = BetterSQLite3Database<typeof schema>

/** Intents in SQLite. Every write is on disk (fsync) when the call returns. */
export interface SqliteIntentStore {
  /** The intent of a key with its attempts, or undefined. */
  get(key: string): IntentRecord | undefined
  /** Intents of a sender that are neither confirmed nor failed, oldest first. */
  open(chainId: number, sender: Address): readonly IntentRecord[]
  /** Intents of a sender that a transaction confirmed under `nonce` or a higher one, by nonce. */
  confirmedFrom(chainId: number, sender: Address, nonce: number): readonly IntentRecord[]
  /** Adds an intent; one that exists under the key stays as it is. Returns what is stored. */
  insert(row: IntentRow): IntentRecord
  /** Changes an intent. */
  update(key: string, change: IntentChange): void
  /** Adds a signed transaction and changes its intent, both or neither. */
  addAttempt(attempt: AttemptRow, change: IntentChange): void
  /** Receipts of all settled intents of a sender, to add up what was spent. */
  receipts(chainId: number, sender: Address): readonly IntentReceipt[]
  /** Drops call data and signed transactions of intents settled before a time; keys and outcomes stay. Returns how many lost call data. */
  prune(settledBeforeMs: number): number
  close(): void
}

const unsettled = ['queued', 'signed', 'sent', 'mined'] as const
const settled = ['confirmed', 'failed'] as const

function attemptsOf(db: Db, key: string): readonly AttemptRow[] {
  const rows = db.select().from(attempts).where(eq(attempts.key, key)).orderBy(asc(attempts.sequence)).all()
  return rows.map(({ sequence: _, ...row }) => row)
}

const withAttempts = (db: Db, row: IntentRow): IntentRecord => ({ ...row, attempts: attemptsOf(db, row.key) })

function openDatabase(path: string) {
  const database = new SqliteDatabase(path)
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    migrateIntents(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Opens the store at `path` (by custom `intents.sqlite`), creating or migrating it, and becomes its only owner.
 * @throws CremaError `intents.locked` (retryable) while another owner lives, `intents.newer-schema`.
 */
export function openIntentStore(path: string): SqliteIntentStore {
  const unlock = lockStore(path)
  let database: ReturnType<typeof openDatabase>
  try {
    database = openDatabase(path)
  } catch (error) {
    unlock()
    throw error
  }
  const db: Db = drizzle(database, { schema })
  const ofSender = (chainId: number, sender: Address) => and(eq(intents.chainId, chainId), eq(intents.sender, sender))
  const change = (target: Pick<Db, 'update'>, key: string, values: IntentChange) =>
    target.update(intents).set(values).where(eq(intents.key, key)).run()

  const get = (key: string) => {
    const row = db.select().from(intents).where(eq(intents.key, key)).get()
    return row && withAttempts(db, row)
  }
  return {
    get,
    open: (chainId, sender) =>
      db
        .select()
        .from(intents)
        .where(and(ofSender(chainId, sender), inArray(intents.state, unsettled)))
        .orderBy(sql`rowid`)
        .all()
        .map((row) => withAttempts(db, row)),
    confirmedFrom: (chainId, sender, nonce) =>
      db
        .select()
        .from(intents)
        .where(
          and(
            ofSender(chainId, sender),
            gte(intents.nonce, nonce),
            eq(intents.state, 'confirmed'),
            isNotNull(intents.receipt),
          ),
        )
        .orderBy(asc(intents.nonce))
        .all()
        .map((row) => withAttempts(db, row)),
    insert: (row) => {
      db.insert(intents).values(row).onConflictDoNothing().run()
      return get(row.key)!
    },
    update: (key, values) => void change(db, key, values),
    addAttempt: (attempt, values) =>
      db.transaction((tx) => {
        tx.insert(attempts).values(attempt).run()
        change(tx, attempt.key, values)
      }),
    receipts: (chainId, sender) =>
      db
        .select({ receipt: intents.receipt })
        .from(intents)
        .where(and(ofSender(chainId, sender), inArray(intents.state, settled), isNotNull(intents.receipt)))
        .all()
        .map((row) => row.receipt!),
    prune: (settledBeforeMs) =>
      db.transaction((tx) => {
        const old = and(inArray(intents.state, settled), lt(intents.updatedAtMs, settledBeforeMs))
        const keys = tx.select({ key: intents.key }).from(intents).where(old)
        // What was pruned before is not written again.
        tx.update(attempts)
          .set({ raw: '0x' })
          .where(and(inArray(attempts.key, keys), ne(attempts.raw, '0x')))
          .run()
        return tx
          .update(intents)
          .set({ data: '0x' })
          .where(and(old, ne(intents.data, '0x')))
          .run().changes
      }),
    close: () => {
      database.close()
      unlock()
    },
  }
}
