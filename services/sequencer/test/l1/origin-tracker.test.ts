import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OriginRef } from '../../src/chain/types.ts'
import { createOriginTracker } from '../../src/l1/origin-tracker.ts'

const origin = fc.record({
  number: fc.bigInt({ min: 0n, max: 20n }),
  hash: fc.constantFrom<`0x${string}`[]>('0xaa', '0xbb'),
})

it('never goes back, never renames an origin, and keeps the last one while L1 is away', async () => {
  await fc.assert(
    fc.asyncProperty(origin, fc.array(fc.option(origin)), async (genesis, answers) => {
      let answer: OriginRef | null | undefined
      const tracker = createOriginTracker(async () => {
        if (answer === null) throw new Error('L1 is away')
        return answer
      })
      let previous: OriginRef = genesis
      expect(tracker.source(previous)).toEqual(genesis)
      for (answer of answers) {
        await tracker.refresh().catch(() => {})
        const next = tracker.source(previous)
        if (next.number === previous.number) expect(next).toEqual(previous)
        else expect(next.number).toBeGreaterThan(previous.number)
        previous = next
      }
    }),
  )
})
