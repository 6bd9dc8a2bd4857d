import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AssertionEnd, type AssertionEndOptions, assertionEnd } from '../src/index.ts'

/** The definition, read block by block. */
function naive(gas: readonly bigint[], executed: bigint, options: AssertionEndOptions): AssertionEnd | undefined {
  const { startCount, targetCount, maxBlocks, maxGas } = options
  let since = 0n
  for (let count = startCount + 1n; count <= targetCount; count++) {
    if (count > executed) return undefined
    since += gas[Number(count - 1n)]!
    if (count === targetCount || count - startCount === maxBlocks || since >= maxGas) {
      return { inboxCount: count, gasSinceStart: since }
    }
  }
  return undefined
}

describe('assertionEnd', () => {
  it('is the first of target, block limit and gas limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 40n), { minLength: 1, maxLength: 60 }),
        fc.nat(60),
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: 1, max: 20 }),
        fc.bigInt(1n, 300n),
        (gas, startSeed, targetSeed, executedSeed, maxBlocks, maxGas) => {
          const length = gas.length
          const startCount = BigInt(startSeed % length)
          const targetCount = BigInt(targetSeed % (length + 1))
          const executed = BigInt(executedSeed % (length + 1))
          const sums = [0n]
          for (const used of gas) sums.push(sums.at(-1)! + used)
          const options = { startCount, targetCount, maxBlocks: BigInt(maxBlocks), maxGas }
          const index = { cumulativeGas: (count: bigint) => (count <= executed ? sums[Number(count)] : undefined) }
          const expected = executed < startCount ? undefined : naive(gas, executed, options)
          expect(assertionEnd(index, options)).toEqual(expected)
        },
      ),
      { numRuns: 500 },
    )
  })
})
