import { withinLimits } from '@crema/dispute'
import { expect, it } from 'vitest'
import { limitsOf } from '../../src/disputes/limits.ts'

const ETHER = 10n ** 18n
const WEEK = 604_800n
const config = { maxStakeEther: 5, maxAtRiskEther: 7, minClockSeconds: 30, minCollectEther: 0.5 }
const stake = (stakeWei: bigint) => {
  const call = { kind: 'claim', to: `0x${'00'.repeat(20)}` } as const
  return { call, key: 'x', deadline: undefined, stakeWei, reason: { what: 'a test' } }
}

function limits(atRisk: bigint, spendable: bigint) {
  return limitsOf(config as never, { atRiskWei: () => atRisk, spendableWei: () => spendable, challengePeriod: WEEK })
}

it('bounds what is at risk by the configuration', () => {
  const bounds = limits(3n * ETHER, 100n * ETHER)
  expect(withinLimits([stake(4n * ETHER)], bounds, 3n * ETHER).held).toEqual([])
  expect(withinLimits([stake(4n * ETHER + 1n)], bounds, 3n * ETHER).taken).toEqual([])
})

it('bounds new stakes, with those under way, by what the account holds above its reserve', () => {
  const bounds = limits(ETHER, 2n * ETHER)
  expect(withinLimits([stake(2n * ETHER)], bounds, ETHER).held).toEqual([])
  expect(withinLimits([stake(2n * ETHER)], bounds, 2n * ETHER).taken).toEqual([])
  expect(withinLimits([stake(0n)], limits(0n, 0n), 0n).held).toEqual([])
  expect(withinLimits([stake(1n)], limits(0n, 0n), 0n).taken).toEqual([])
})

it('reads the balance as it is when it decides', () => {
  let spendable = 0n
  const bounds = limitsOf(config as never, {
    atRiskWei: () => 0n,
    spendableWei: () => spendable,
    challengePeriod: WEEK,
  })
  expect(bounds.maxAtRiskWei).toBe(0n)
  spendable = 3n * ETHER
  expect(bounds.maxAtRiskWei).toBe(3n * ETHER)
})

it('asks for a 64th of the challenge period on the clock of a new stake, unless told otherwise', () => {
  const funds = { atRiskWei: () => 0n, spendableWei: () => 0n, challengePeriod: WEEK }
  const { minClockSeconds: _, ...untold } = config
  expect(limitsOf(untold as never, funds).minClockSeconds).toBe(9_450n)
  expect(limitsOf(config as never, funds).minClockSeconds).toBe(30n)
  expect(limitsOf({ ...config, minClockSeconds: 0 } as never, funds).minClockSeconds).toBe(0n)
})
