import { describe, expect, it } from 'vitest'
import type { MetaKey } from '../src/index.ts'
import { codeOf, openTemporary, temporaryPath } from './support/store.ts'

describe('evidence', () => {
  const first = {
    kind: 'equivocation',
    laneHeight: 4n,
    first: { tip: '0x01' },
    second: { tip: '0x02' },
    at: 1_700_000_000_123,
  }

  it('is kept once, in order, over a restart', () => {
    const path = temporaryPath()
    const store = openTemporary({ path })
    const second = { kind: 'forgery', sequencerHeight: 2n ** 64n - 1n, first: null, second: [1, 'a'], at: 5 }
    expect(store.addEvidence(first)).toBe(true)
    expect(store.addEvidence(second)).toBe(true)
    expect(store.addEvidence({ ...first, at: 9 })).toBe(false)
    expect(store.addEvidence({ ...first, laneHeight: 5n })).toBe(true)
    store.close()
    expect(openTemporary({ path }).listEvidence()).toEqual([first, second, { ...first, laneHeight: 5n }])
  })

  it('is bounded', () => {
    const store = openTemporary()
    store.atomically(() => {
      for (let i = 0; i < 1_000; i++) expect(store.addEvidence({ ...first, laneHeight: BigInt(i) })).toBe(true)
    })
    expect(store.addEvidence({ ...first, laneHeight: 1_000n })).toBe(false)
    expect(store.addEvidence({ ...first, kind: 'another' })).toBe(true)
    expect(store.listEvidence()).toHaveLength(1_001)
  })
})

describe('meta', () => {
  const key: MetaKey<{ url: string }> = {
    name: 'sequencer',
    parse(value) {
      if (typeof value !== 'object' || value === null || !('url' in value) || typeof value.url !== 'string')
        throw new TypeError('no url')
      return { url: value.url }
    },
  }

  it('is set, replaced, deleted, and read by its own parser', () => {
    const store = openTemporary()
    expect(store.getMeta(key)).toBeUndefined()
    store.setMeta(key, { url: 'a' })
    store.setMeta(key, { url: 'b' })
    expect(store.getMeta(key)).toEqual({ url: 'b' })
    store.setMeta({ name: key.name, parse: Number }, 7)
    expect(codeOf(() => store.getMeta(key))).toBe('STORE_CORRUPT')
    store.setMeta(key, undefined)
    expect(store.getMeta(key)).toBeUndefined()
  })
})
