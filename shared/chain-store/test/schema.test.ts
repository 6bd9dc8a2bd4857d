import SqliteDatabase from 'better-sqlite3'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { expect, it } from 'vitest'
import * as schema from '../src/schema.ts'
import { openTemporary, temporaryPath } from './support/store.ts'

it.each(Object.values(schema).map((table) => getTableConfig(table)))('drizzle knows table $name as it is', (table) => {
  const path = temporaryPath()
  openTemporary({ path }).close()
  const db = new SqliteDatabase(path)
  const stored = db.pragma(`table_info(${table.name})`) as { name: string; type: string; notnull: number; pk: number }[]
  db.close()
  const isKey = (name: string) =>
    table.primaryKeys.some(({ columns }) => columns.some((column) => column.name === name)) ||
    table.columns.some((column) => column.name === name && column.primary)
  expect(
    table.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      nullable: !column.notNull,
      key: isKey(column.name),
    })),
  ).toEqual(
    stored.map(({ name, type, notnull, pk }) => ({
      name,
      type: type.toLowerCase(),
      nullable: notnull === 0 && pk === 0,
      key: pk > 0,
    })),
  )
})
