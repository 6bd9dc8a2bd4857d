import { readdirSync, readFileSync } from 'node:fs'
import { CremaError } from '@crema/protocol'
import type { Database } from 'better-sqlite3'

const folder = new URL('./migrations/', import.meta.url)

/**
 * Applies the migrations the file has not had yet, each in one transaction; `user_version` counts them.
 * @throws CremaError `intents.newer-schema` for a file written by a later version.
 */
export function migrateIntents(database: Database): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const applied = database.pragma('user_version', { simple: true }) as number
  if (applied > files.length) {
    const details = { applied, known: files.length }
    throw new CremaError('intents.newer-schema', 'the intent store was written by a later version', { details })
  }
  for (const [index, name] of files.entries()) {
    if (index < applied) continue
    database.transaction(() => {
      database.exec(readFileSync(new URL(name, folder), 'utf8'))
      database.pragma(`user_version = ${index + 1}`)
    })()
  }
}
