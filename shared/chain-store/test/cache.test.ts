import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCache } from '../src/cache.ts'

const capacity = 20

describe('createCache', () => {
  it('holds what was used last up to half its capacity, never more than all of it, and never anything stale', () => {
    const command = fc.record({ kind: fc.constantFrom('get', 'set', 'delete'), key: fc.nat(8), weight: fc.nat(12) })
    fc.assert(
      fc.property(fc.array(command, { maxLength: 100 }), (commands) => {
        const cache = createCache<number, { weight: number }>(capacity, ({ weight }) => weight)
        /** Every value that was set, most recently used first; `live` unless it was deleted, replaced or found missing. */
        let used: { key: number; value: { weight: number }; live: boolean }[] = []
        for (const { kind, key, weight } of commands) {
          const entry = used.find((each) => each.key === key && each.live)
          const end = (): void => {
            used = used.map((each) => (each === entry ? { ...each, live: false } : each))
          }
          if (kind === 'get') {
            const found = cache.get(key)
            if (found === undefined) end()
            else expect(found).toBe(entry?.value)
            if (found !== undefined && entry !== undefined) used = [entry, ...used.filter((each) => each !== entry)]
          } else if (kind === 'delete') {
            cache.delete(key)
            end()
          } else {
            const value = { weight }
            cache.set(key, value)
            end()
            used = [{ key, value, live: true }, ...used]
          }
        }
        const weightUpTo = (i: number) => used.slice(0, i + 1).reduce((sum, { value }) => sum + value.weight, 0)
        const kept = used.filter(({ live }, i) => live && weightUpTo(i) <= capacity / 2)
        for (const { key, value } of kept) expect(cache.get(key)).toBe(value)
        const present = used.filter(({ key, live }) => live && cache.get(key) !== undefined)
        expect(present.reduce((sum, { value }) => sum + value.weight, 0)).toBeLessThanOrEqual(capacity)
        cache.clear()
        for (const { key } of used) expect(cache.get(key)).toBeUndefined()
      }),
      { numRuns: 3_000 },
    )
  })

  it('does not keep what is heavier than half of it', () => {
    const cache = createCache<string, number>(10, (weight) => weight)
    cache.set('a', 4)
    cache.set('b', 6)
    expect([cache.get('a'), cache.get('b')]).toEqual([4, undefined])
    cache.set('a', 6)
    expect(cache.get('a')).toBeUndefined()
  })
})
