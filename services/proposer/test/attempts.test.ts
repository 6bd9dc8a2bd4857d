import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type IntentRow, openIntentStore } from '@crema/chain-store'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nextAttempt } from '../src/attempts.ts'

let dir: string
let store: ReturnType<typeof openIntentStore>
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'crema-attempts-'))
  store = openIntentStore(join(dir, 'intents.sqlite'))
})
afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true, force: true })
})

const add = (attempt: number, state: IntentRow['state'], updatedAtMs = 0) =>
  store.insert({
    key: `aim#${attempt}`,
    chainId: 1,
    sender: `0x${'11'.repeat(20)}`,
    to: `0x${'22'.repeat(20)}`,
    data: '0x',
    valueWei: 0n,
    callHash: `0x${'33'.repeat(32)}`,
    gasLimit: null,
    deadlineMs: null,
    state,
    nonce: null,
    cancelRequested: false,
    receipt: null,
    error: null,
    createdAtMs: 0,
    updatedAtMs,
  })

it('starts at 0, keeps the key of an open attempt and goes on at once after one that was confirmed', () => {
  expect(nextAttempt(store, 'aim', 100)).toEqual({ key: 'aim#0', failures: 0, notBeforeMs: 0 })
  add(0, 'confirmed', 5_000)
  expect(nextAttempt(store, 'aim', 100)).toEqual({ key: 'aim#1', failures: 0, notBeforeMs: 0 })
  add(1, 'queued')
  expect(nextAttempt(store, 'aim', 100)).toEqual({ key: 'aim#1', failures: 0, notBeforeMs: 0 })
})

it('waits twice as long after each further failure, up to five minutes, and anew after a success', () => {
  const pauses: number[] = []
  for (let attempt = 0; attempt < 20; attempt++) {
    add(attempt, 'failed', 1_000_000)
    const { key, failures, notBeforeMs } = nextAttempt(store, 'aim', 1_000)
    expect(key).toBe(`aim#${attempt + 1}`)
    expect(failures).toBe(attempt + 1)
    pauses.push(notBeforeMs - 1_000_000)
  }
  expect(pauses.slice(0, 9)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1_000))
  expect(Math.max(...pauses)).toBe(300_000)
  add(20, 'confirmed')
  add(21, 'failed', 7)
  expect(nextAttempt(store, 'aim', 1_000)).toEqual({ key: 'aim#22', failures: 1, notBeforeMs: 2_007 })
})

it('finds the next of thousands in a handful of looks', () => {
  const settled = 5_000
  let looks = 0
  const get = (key: string) => {
    looks++
    const attempt = Number(key.split('#')[1])
    return attempt < settled ? { ...store.get('aim#0')!, key } : undefined
  }
  add(0, 'confirmed')
  expect(nextAttempt({ get }, 'aim', 100).key).toBe(`aim#${settled}`)
  expect(looks).toBeLessThan(40)
})
