import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { ChainStoreError } from './errors.ts'

const folder = new URL('./migrations/', import.meta.url)
/** `application_id` of chain stores: "CREM". */
const applicationId = 0x4352454d

/**
 * Brings the file to the newest schema, each migration in one transaction; `user_version` counts them. A read-only file is only checked.
 * Throws `NOT_A_CHAIN_STORE`, `SCHEMA_TOO_NEW`, and `SCHEMA_TOO_OLD` for a read-only file that needs migrations.
 */
export function migrate(db: Database, readonly: boolean): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const found = db.pragma('application_id', { simple: true })
  const empty = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').pluck().get() === 0
  if (found !== applicationId && !(empty && found === 0))
    throw new ChainStoreError('NOT_A_CHAIN_STORE', 'the file is a database of something else', {
      details: { path: db.name, applicationId: found },
    })
  const applied = Number(db.pragma('user_version', { simple: true }))
  const details = { path: db.name, applied, known: files.length }
  if (applied > files.length)
    throw new ChainStoreError('SCHEMA_TOO_NEW', 'the store was written by newer code', { details })
  if (applied === files.length) return
  if (readonly)
    throw new ChainStoreError('SCHEMA_TOO_OLD', 'the store needs migrations, but was opened read-only', { details })
  for (const [index, name] of files.entries()) {
    if (index < applied) continue
    db.transaction(() => {
      db.exec(readFileSync(new URL(name, folder), 'utf8'))
      db.pragma(`application_id = ${applicationId}`)
      db.pragma(`user_version = ${index + 1}`)
    })()
  }
}
