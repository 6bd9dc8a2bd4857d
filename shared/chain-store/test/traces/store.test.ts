import { writeFileSync } from 'node:fs'
import type { TraceStore } from '@crema/machine'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openTraceStore, type SqliteTraceStore } from '../../src/index.ts'
import { codeOf, temporaryPath } from '../support/store.ts'

/** The path of a store whose folder exists. */
function existingPath(): string {
  const path = temporaryPath()
  openTraceStore(path).close()
  return path
}

describe('trace store', () => {
  it('keeps blocks of traces apart, over a restart', () => {
    const path = temporaryPath()
    const first = openTraceStore(path)
    expect(first.get('a', 0)).toBeUndefined()
    first.put('a', 0, Uint8Array.of(1))
    first.put('a', 4095, Uint8Array.of(2))
    first.put('b', 0, new Uint8Array(300_000).fill(3))
    first.put('a', 0, Uint8Array.of(4, 5))
    first.close()
    const again: SqliteTraceStore = openTraceStore(path)
    const store: TraceStore = again
    expect([...store.get('a', 0)!]).toEqual([4, 5])
    expect([...store.get('a', 4095)!]).toEqual([2])
    expect(store.get('b', 0)).toHaveLength(300_000)
    expect(store.get('b', 1)).toBeUndefined()
    expect(again.traces()).toEqual([
      { traceId: 'a', blocks: 2 },
      { traceId: 'b', blocks: 1 },
    ])
    expect(again.remove('a')).toBe(2)
    expect(again.remove('a')).toBe(0)
    expect(store.get('a', 0)).toBeUndefined()
    again.close()
  })

  it('empties a file of another version', () => {
    const path = existingPath()
    const db = new SqliteDatabase(path)
    db.exec("INSERT INTO trace_blocks VALUES ('a', 0, x'01'); PRAGMA user_version = 9")
    db.close()
    const store = openTraceStore(path)
    expect(store.traces()).toEqual([])
    store.put('a', 0, Uint8Array.of(1))
    store.close()
  })

  it('has one owner, and refuses what is no store', () => {
    const path = existingPath()
    const store = openTraceStore(path)
    expect(codeOf(() => openTraceStore(path))).toBe('STORE_LOCKED')
    store.close()
    for (const action of [
      () => store.get('a', 0),
      () => store.put('a', 0, new Uint8Array(1)),
      () => store.traces(),
      () => store.remove('a'),
    ]) {
      expect(codeOf(action)).toBe('CLOSED')
    }
    const foreign = existingPath()
    const db = new SqliteDatabase(foreign)
    db.exec('CREATE TABLE other (a)')
    db.close()
    expect(codeOf(() => openTraceStore(foreign))).toBe('NOT_A_CHAIN_STORE')
    const garbage = existingPath()
    writeFileSync(garbage, new Uint8Array(5000).fill(7))
    expect(codeOf(() => openTraceStore(garbage))).toBe('STORE_CORRUPT')
    expect(codeOf(() => openTraceStore(garbage))).toBe('STORE_CORRUPT')
  })
})
