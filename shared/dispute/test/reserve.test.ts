import { expect, it } from 'vitest'
import { reserveWei } from '../src/index.ts'

const GWEI = 10n ** 9n
/** 13.5 M gas of a duel with the 20 % that gas limits are above estimates. */
const duelGas = 16_200_000n
const rules = { minBalanceWei: 0n, maxFeeCapWei: 100n * GWEI }

it('holds a whole duel for each opponent, one at least, at twice the base fee and the least tip', () => {
  expect(reserveWei(rules, 20n * GWEI, 0)).toBe(duelGas * 41n * GWEI)
  expect(reserveWei(rules, 20n * GWEI, 1)).toBe(duelGas * 41n * GWEI)
  expect(reserveWei(rules, 20n * GWEI, 5)).toBe(5n * duelGas * 41n * GWEI)
})

it('asks for no more than the fee limit lets be spent, and for no less than the operator wants', () => {
  expect(reserveWei(rules, 500n * GWEI, 1)).toBe(duelGas * 100n * GWEI)
  expect(reserveWei({ ...rules, minBalanceWei: 10n ** 18n }, GWEI, 1)).toBe(10n ** 18n)
  expect(reserveWei({ ...rules, minBalanceWei: 10n ** 18n }, 500n * GWEI, 1)).toBe(duelGas * 100n * GWEI)
})
