import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FeeLimitError } from '../src/errors.ts'
import { bumpFees, checkFees, marketFees, nextBaseFee } from '../src/fees.ts'
import { defaultTxConfig } from '../src/types.ts'

const wei = fc.bigInt({ min: 0n, max: 10n ** 15n })
const fees = fc.record({ tipWei: wei, extra: wei }).map(({ tipWei, extra }) => ({ tipWei, feeCapWei: tipWei + extra }))
const market = fc.record({ baseFeeWei: wei, tipWei: wei })
const percent = fc.bigInt({ min: 10n, max: 200n })

describe('bumpFees', () => {
  it('passes the replacement rule of nodes, keeps up with the market and stays valid', () => {
    fc.assert(
      fc.property(fees, market, percent, wei, (last, now, by, minTipWei) => {
        const next = bumpFees(last, now, by, { minTipWei })
        expect(next.tipWei * 100n).toBeGreaterThanOrEqual(last.tipWei * (100n + by))
        expect(next.feeCapWei * 100n).toBeGreaterThanOrEqual(last.feeCapWei * (100n + by))
        expect(next.feeCapWei).toBeGreaterThanOrEqual(2n * now.baseFeeWei + next.tipWei)
        expect(next.tipWei).toBeGreaterThanOrEqual(now.tipWei)
        expect(next.tipWei).toBeGreaterThanOrEqual(minTipWei)
      }),
    )
  })
  it('raises no more than it must', () => {
    fc.assert(
      fc.property(fees, percent, (last, by) => {
        const next = bumpFees(last, { baseFeeWei: 0n, tipWei: 0n }, by, { minTipWei: 0n })
        const least = (value: bigint) => (value * (100n + by) + 99n) / 100n
        expect(next.tipWei).toBe(least(last.tipWei))
        expect(next.feeCapWei - least(last.feeCapWei)).toBeLessThanOrEqual(1n)
      }),
    )
  })
  it.each([
    [
      { tipWei: 1n, feeCapWei: 1n },
      { tipWei: 2n, feeCapWei: 2n },
    ],
    [
      { tipWei: 10n, feeCapWei: 101n },
      { tipWei: 11n, feeCapWei: 112n },
    ],
  ])('rounds up: %o to %o', (last, next) => {
    expect(bumpFees(last, { baseFeeWei: 0n, tipWei: 0n }, 10n, { minTipWei: 0n })).toEqual(next)
  })
})

describe('nextBaseFee', () => {
  it.each([
    [100n, 30n, 30n, 112n],
    [100n, 15n, 30n, 100n],
    [100n, 0n, 30n, 100n],
    [1n, 30n, 30n, 2n],
  ])('base fee %d with %d of %d gas used becomes at least %d', (base, used, limit, next) => {
    expect(nextBaseFee(base, used, limit)).toBe(next)
  })
})

describe('checkFees', () => {
  const gwei = 10n ** 9n
  const limits = { ...defaultTxConfig, maxCostWei: 10n ** 18n }
  const cheap = { baseFeeWei: gwei, tipWei: gwei }
  it('lets small fees grow freely', () => {
    expect(() => checkFees({ tipWei: gwei, feeCapWei: 100n * gwei }, cheap, 21_000n, limits)).not.toThrow()
  })
  it.each([
    ['multiple of the market fee', { tipWei: gwei, feeCapWei: 101n * gwei }, cheap, 21_000n],
    ['fee cap', { tipWei: gwei, feeCapWei: 1_001n * gwei }, { baseFeeWei: 400n * gwei, tipWei: gwei }, 21_000n],
    ['cost of one transaction', { tipWei: gwei, feeCapWei: 100n * gwei }, cheap, 10_000_001n],
  ])('refuses by %s', (limit, offered, now, gas) => {
    const run = () => checkFees(offered, now, gas, limits)
    expect(run).toThrow(FeeLimitError)
    expect(run).toThrow(expect.objectContaining({ details: expect.objectContaining({ limit }) }))
  })
  it('never stops a first offer at market below the absolute caps', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 400n * gwei }),
        fc.bigInt({ min: 0n, max: 100n * gwei }),
        (baseFeeWei, tipWei) => {
          const now = { baseFeeWei, tipWei }
          expect(() => checkFees(marketFees(now, limits), now, 21_000n, limits)).not.toThrow()
        },
      ),
    )
  })
})
