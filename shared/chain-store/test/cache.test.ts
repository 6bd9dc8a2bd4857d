import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCache } from '../src/cache.ts'

describe('createCache', () => {
  it('holds the most recently used entries within its capacity', () => {
    const command = fc.record({ kind: fc.constantFrom('get', 'set', 'delete'), key: fc.nat(8), weight: fc.nat(12) })
    fc.assert(
      fc.property(fc.array(command, { maxLength: 100 }), (commands) => {
        const cache = createCache<number, number>(20, (weight) => weight)
        // Oldest first.
        let model: { key: number; weight: number }[] = []
        for (const { kind, key, weight } of commands) {
          const entry = model.find((each) => each.key === key)
          const others = model.filter((each) => each.key !== key)
          if (kind === 'get') {
            expect(cache.get(key)).toBe(entry?.weight)
            if (entry !== undefined) model = [...others, entry]
          } else if (kind === 'delete') {
            cache.delete(key)
            model = others
          } else {
            cache.set(key, weight)
            model = [...others, { key, weight }]
            while (model.reduce((sum, each) => sum + each.weight, 0) > 20) model.shift()
          }
        }
        for (const { key, weight } of model) expect(cache.get(key)).toBe(weight)
        cache.clear()
        expect(cache.get(0)).toBeUndefined()
      }),
    )
  })

  it('does not keep what is heavier than all of it', () => {
    const cache = createCache<string, number>(10, (weight) => weight)
    cache.set('a', 4)
    cache.set('b', 11)
    expect([cache.get('a'), cache.get('b')]).toEqual([4, undefined])
  })
})
