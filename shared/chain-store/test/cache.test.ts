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
        /** Values that were set last and may be there, most recently used first. */
        let used: { key: number; value: { weight: number } }[] = []
        for (const { kind, key, weight } of commands) {
          const entry = used.find((each) => each.key === key)
          const others = used.filter((each) => each.key !== key)
          if (kind === 'get') {
            const found = cache.get(key)
            if (found !== undefined) expect(found).toBe(entry?.value)
            used = entry === undefined || found === undefined ? others : [entry, ...others]
          } else if (kind === 'delete') {
            cache.delete(key)
            used = others
          } else {
            const value = { weight }
            cache.set(key, value)
            used = [{ key, value }, ...others]
          }
        }
        // Oldest first: what a look-up makes younger is then not needed again.
        const weightUpTo = (i: number) => used.slice(0, i + 1).reduce((sum, { value }) => sum + value.weight, 0)
        const kept = used.filter((_, i) => weightUpTo(i) <= capacity / 2)
        for (const { key, value } of kept.toReversed()) expect(cache.get(key)).toBe(value)
        const present = used.filter(({ key }) => cache.get(key) !== undefined)
        expect(present.reduce((sum, { value }) => sum + value.weight, 0)).toBeLessThanOrEqual(capacity)
        cache.clear()
        for (const { key } of used) expect(cache.get(key)).toBeUndefined()
      }),
      { numRuns: 1_000 },
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
