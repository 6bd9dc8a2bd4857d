import { DUEL_GAS } from '@crema/l1'
import { expect, it } from 'vitest'
import { reserveWei } from '../src/index.ts'

const GWEI = 10n ** 9n
const rules = { minBalanceWei: 0n, maxFeeCapWei: 100n * GWEI }

it('holds a whole duel for each opponent, one at least, at twice the base fee and the least tip', () => {
  expect(DUEL_GAS).toBe(13_500_000n)
  expect(reserveWei(rules, 20n * GWEI, 0)).toBe(DUEL_GAS * 41n * GWEI)
  expect(reserveWei(rules, 20n * GWEI, 1)).toBe(DUEL_GAS * 41n * GWEI)
  expect(reserveWei(rules, 20n * GWEI, 5)).toBe(5n * DUEL_GAS * 41n * GWEI)
})

it('asks for no more than the fee limit lets be spent, and for no less than the operator wants', () => {
  expect(reserveWei(rules, 500n * GWEI, 1)).toBe(DUEL_GAS * 100n * GWEI)
  expect(reserveWei({ ...rules, minBalanceWei: 10n ** 18n }, GWEI, 1)).toBe(10n ** 18n)
  expect(reserveWei({ ...rules, minBalanceWei: 10n ** 18n }, 500n * GWEI, 1)).toBe(DUEL_GAS * 100n * GWEI)
})
