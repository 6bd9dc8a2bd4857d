import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openIntentStore } from '../src/intents/store.ts'
import type { AttemptRow, IntentRow } from '../src/intents/types.ts'

const newPath = () => join(mkdtempSync(join(tmpdir(), 'crema-intents-')), 'intents.sqlite')
const sender = `0x${'aa'.repeat(20)}` as const
const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as const

const intent = (key: string, more: Partial<IntentRow> = {}): IntentRow => ({
  key,
  chainId: 1,
  sender,
  to: `0x${'bb'.repeat(20)}`,
  data: '0x1234',
  valueWei: 2n ** 200n,
  callHash: hash(9),
  gasLimit: null,
  deadlineMs: null,
  state: 'queued',
  nonce: null,
  cancelRequested: false,
  receipt: null,
  error: null,
  createdAtMs: 1,
  updatedAtMs: 1,
  ...more,
})
const attempt = (key: string, n: number): AttemptRow => ({
  hash: hash(n),
  key,
  nonce: 7,
  purpose: 'call',
  raw: '0x02ff',
  gasLimit: 21_000n,
  tipWei: 1n,
  feeCapWei: 2n ** 70n,
  createdAtMs: n,
})
const receipt = {
  hash: hash(1),
  blockNumber: 2n ** 60n,
  blockHash: hash(2),
  succeeded: true,
  gasUsed: 21_000n,
  effectiveGasPriceWei: 2n ** 65n,
}

describe('intent store', () => {
  it('gives back what was put in, also after reopening', () => {
    const path = newPath()
    const first = openIntentStore(path)
    expect(first.insert(intent('a'))).toEqual({ ...intent('a'), attempts: [] })
    first.addAttempt(attempt('a', 1), { state: 'signed', nonce: 7, updatedAtMs: 2 })
    first.addAttempt(attempt('a', 2), { updatedAtMs: 3 })
    first.update('a', { receipt, error: { code: 'x', message: 'm', details: { n: 5n } }, updatedAtMs: 4 })
    first.close()
    const again = openIntentStore(path)
    expect(again.get('a')).toEqual({
      ...intent('a', { state: 'signed', nonce: 7, updatedAtMs: 4, receipt }),
      error: { code: 'x', message: 'm', details: { n: 5n } },
      attempts: [attempt('a', 1), attempt('a', 2)],
    })
    expect(again.get('b')).toBeUndefined()
    again.close()
  })

  it('keeps the first intent of a key', () => {
    const store = openIntentStore(newPath())
    store.insert(intent('a', { data: '0x01' }))
    expect(store.insert(intent('a', { data: '0x02' })).data).toBe('0x01')
    store.close()
  })

  it('writes an attempt and its intent together or not at all', () => {
    const store = openIntentStore(newPath())
    store.insert(intent('a'))
    store.addAttempt(attempt('a', 1), { state: 'signed', updatedAtMs: 2 })
    expect(() => store.addAttempt(attempt('a', 1), { state: 'sent', updatedAtMs: 3 })).toThrow(/UNIQUE/)
    expect(() => store.addAttempt(attempt('nobody', 2), { updatedAtMs: 3 })).toThrow(/FOREIGN KEY/)
    expect(store.get('a')).toMatchObject({ state: 'signed', attempts: [attempt('a', 1)] })
    store.close()
  })

  it('lists open intents of one sender and chain in order of arrival', () => {
    const store = openIntentStore(newPath())
    for (const key of ['z', 'y', 'x', 'w']) store.insert(intent(key))
    store.insert(intent('other-chain', { chainId: 2 }))
    store.insert(intent('other-sender', { sender: `0x${'cc'.repeat(20)}` }))
    store.update('y', { state: 'confirmed', receipt, updatedAtMs: 2 })
    expect(store.open(1, sender).map((row) => row.key)).toEqual(['z', 'x', 'w'])
    expect(store.receipts(1, sender)).toEqual([receipt])
    store.close()
  })

  it('lets two intents sign the same transaction', () => {
    const store = openIntentStore(newPath())
    for (const key of ['a', 'b']) {
      store.insert(intent(key))
      store.addAttempt(attempt(key, 1), { state: 'signed', nonce: 7, updatedAtMs: 2 })
    }
    expect(store.get('a')!.attempts).toEqual([attempt('a', 1)])
    expect(store.get('b')!.attempts).toEqual([attempt('b', 1)])
    store.close()
  })

  it('finds what was confirmed under a nonce or a higher one', () => {
    const store = openIntentStore(newPath())
    for (const [key, nonce] of [
      ['seven', 7],
      ['six', 6],
      ['five', 5],
      ['done', 8],
      ['open', 9],
    ] as const) {
      store.insert(intent(key, { nonce }))
      if (key !== 'open') store.update(key, { state: 'confirmed', updatedAtMs: 2 })
      if (key !== 'done') store.update(key, { receipt, updatedAtMs: 2 })
    }
    store.insert(intent('other-chain', { chainId: 2, nonce: 7, state: 'confirmed', receipt }))
    expect(store.confirmedFrom(1, sender, 6).map(({ key }) => key)).toEqual(['six', 'seven'])
    expect(store.confirmedFrom(1, sender, 8)).toEqual([])
    store.close()
  })

  it('takes over a file of the first version', () => {
    const path = newPath()
    const raw = new SqliteDatabase(path)
    raw.exec(readFileSync(new URL('../src/intents/migrations/0001_intents.sql', import.meta.url), 'utf8'))
    raw.exec(
      `INSERT INTO intents VALUES ('a', 1, '${sender}', '${sender}', '0x', '0', '0x', NULL, NULL, 'sent', 7, 0, NULL, NULL, 1, 1)`,
    )
    raw.exec(`INSERT INTO attempts VALUES (4, '${hash(1)}', 'a', 7, 'call', '0x02ff', '21000', '1', '${2n ** 70n}', 1)`)
    raw.pragma('user_version = 1')
    raw.close()
    const store = openIntentStore(path)
    expect(store.get('a')!.attempts).toEqual([attempt('a', 1)])
    store.close()
  })

  it('prunes settled payloads only', () => {
    const store = openIntentStore(newPath())
    for (const key of ['old', 'open']) {
      store.insert(intent(key))
      store.addAttempt(attempt(key, key.length), { state: 'sent', updatedAtMs: 5 })
    }
    store.update('old', { state: 'confirmed', updatedAtMs: 5 })
    expect(store.prune(5)).toBe(0)
    expect(store.prune(6)).toBe(1)
    expect(store.prune(6)).toBe(0)
    expect(store.get('old')).toMatchObject({ data: '0x', attempts: [{ raw: '0x' }] })
    expect(store.get('open')).toMatchObject({ data: '0x1234', attempts: [{ raw: '0x02ff' }] })
    store.close()
  })

  it('has one owner at a time', () => {
    const path = newPath()
    const store = openIntentStore(path)
    expect(() => openIntentStore(path)).toThrow(expect.objectContaining({ code: 'intents.locked', retryable: true }))
    store.close()
    openIntentStore(path).close()
  })

  it('writes ahead to a log that readers can follow', () => {
    const path = newPath()
    const store = openIntentStore(path)
    const reader = new SqliteDatabase(path, { readonly: true })
    expect(reader.pragma('journal_mode', { simple: true })).toBe('wal')
    reader.close()
    store.close()
  })

  it('refuses a file of a later version and frees the lock', () => {
    const path = newPath()
    openIntentStore(path).close()
    const raw = new SqliteDatabase(path)
    raw.pragma('user_version = 99')
    raw.close()
    for (let i = 0; i < 2; i++) {
      expect(() => openIntentStore(path)).toThrow(expect.objectContaining({ code: 'intents.newer-schema' }))
    }
  })
})
