import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allocateNonce, nonceGaps, strangerNonces } from '../src/nonce.ts'

const situation = fc
  .record({ latest: fc.nat(50), ahead: fc.nat(10), own: fc.uniqueArray(fc.nat(70)) })
  .map(({ latest, ahead, own }) => ({ latest, pending: latest + ahead, own: new Set(own) }))

it('allocates the lowest nonce nobody holds', () => {
  fc.assert(
    fc.property(situation, ({ latest, pending, own }) => {
      const nonce = allocateNonce(latest, pending, own)
      expect(nonce).toBeGreaterThanOrEqual(pending)
      expect(own.has(nonce)).toBe(false)
      for (let lower = pending; lower < nonce; lower++) expect(own.has(lower)).toBe(true)
    }),
  )
})

it('finds every hole below ours, and after filling them none', () => {
  fc.assert(
    fc.property(situation, ({ latest, pending, own }) => {
      const gaps = nonceGaps(latest, pending, own)
      for (const gap of gaps) expect(gap >= pending && !own.has(gap) && gap < Math.max(...own)).toBe(true)
      expect(nonceGaps(latest, pending, new Set([...own, ...gaps]))).toEqual([])
    }),
  )
})

it('calls a pending nonce either ours or a stranger’s', () => {
  expect(strangerNonces(3, 7, new Set([4, 6, 9]))).toEqual([3, 5])
  expect(strangerNonces(3, 3, new Set())).toEqual([])
})
