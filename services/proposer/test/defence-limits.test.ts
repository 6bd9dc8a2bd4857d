import { withinLimits } from '@crema/dispute'
import { expect, it } from 'vitest'
import { defenceLimits } from '../src/defence-limits.ts'

const ETHER = 10n ** 18n
const S = 5n * ETHER
const WEEK = 604_800n
const config = { maxStakeEther: 10, maxAtRiskEther: 40 }
const commitment = { stakeWei: S }

const limits = (standing: () => number) =>
  defenceLimits(config, { rollup: { stake: S, challengePeriod: WEEK }, standing })

it('posts a stake for what own bonds stand on, however many stand', () => {
  for (const standing of [8, 100]) {
    const bounds = limits(() => standing)
    expect(withinLimits([commitment], bounds, BigInt(standing) * S).taken).toEqual([commitment])
  }
})

it('bounds the stakes that were posted for commitments, also those under way, beside the bonds that stand', () => {
  const bounds = limits(() => 8)
  const posted = (count: bigint) => withinLimits([commitment], bounds, (8n + count) * S)
  expect(posted(7n).taken).toEqual([commitment])
  expect(posted(8n).held).toEqual([commitment])
  const many = Array.from({ length: 10 }, () => commitment)
  expect(withinLimits(many, bounds, 8n * S).taken).toHaveLength(8)
})

it('counts the bonds that stand when it decides, and all where none stands on the right line', () => {
  let standing = 0
  const bounds = limits(() => standing)
  expect(withinLimits([commitment], bounds, 8n * S).held).toEqual([commitment])
  standing = 1
  expect(withinLimits([commitment], bounds, 8n * S).taken).toEqual([commitment])
  expect(bounds).toMatchObject({ maxStakeWei: 10n * ETHER, minClockSeconds: 9_450n, minCollectWei: 0n })
})
