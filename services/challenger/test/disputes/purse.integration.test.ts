import { createLogger, createMetrics, createReadiness } from '@crema/service-kit'
import { type Anvil, startAnvil, testAddress } from '@crema/testing'
import { numberToHex } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPurse } from '../../src/disputes/purse.ts'

const ETHER = 10n ** 18n
const GWEI = 10n ** 9n
/** Of the whole duel, at the price that the fee limit allows: no base fee of anvil's changes it. */
const duelWei = 16_200_000n * GWEI
const address = testAddress(3)

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil.stop())

/** A purse that may offer 1 gwei for a unit of gas, what it is told, and what it tells. */
function purseOf(minBalanceWei: bigint) {
  const facts = { opponents: 0, nextStakeWei: 0n }
  const lines: string[] = []
  const readiness = createReadiness()
  const metrics = createMetrics('challenger')
  const purse = createPurse({
    ...{ l1: anvil.client, address, readiness, metrics },
    rules: { minBalanceWei, maxFeeCapWei: GWEI },
    opponents: () => facts.opponents,
    nextStakeWei: () => facts.nextStakeWei,
    logger: createLogger({ service: 'test', format: 'json', destination: { write: (line) => void lines.push(line) } }),
  })
  const look = async (balanceWei: bigint) => {
    const params = [address, numberToHex(balanceWei)] as never
    await anvil.client.request({ method: 'anvil_setBalance' as never, params })
    await purse.refresh()
  }
  return { facts, lines, readiness, metrics, purse, look }
}

it('keeps the moves of a duel for each opponent out of new stakes', async () => {
  const { facts, purse, readiness, look } = purseOf(0n)
  expect(purse.spendableWei()).toBe(0n)
  await look(ETHER)
  expect(purse.spendableWei()).toBe(ETHER - duelWei)
  facts.opponents = 3
  await look(ETHER)
  expect(purse.spendableWei()).toBe(ETHER - 3n * duelWei)
  expect(readiness.reasons()).toEqual([])
  facts.opponents = 100
  await look(ETHER)
  expect(purse.spendableWei()).toBe(0n)
  expect(readiness.reasons()).toEqual([
    expect.stringMatching(/^balance: .* 100 opponents ask for: 620000000000000000 wei/),
  ])
})

it('is ready with the next stake and the reserve alone, and logs once what is missing', async () => {
  const { facts, lines, readiness, metrics, purse, look } = purseOf(ETHER)
  facts.nextStakeWei = 5n * ETHER
  await look(6n * ETHER - 1n)
  await look(6n * ETHER - 2n)
  expect(readiness.reasons()).toEqual([expect.stringContaining(': 2 wei are missing')])
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'error', missingWei: 1 }])
  expect(purse.spendableWei()).toBe(5n * ETHER - 2n)
  await look(6n * ETHER)
  expect(readiness.reasons()).toEqual([])
  expect(await metrics.registry.metrics()).toMatch(/challenger_missing_gwei\{[^}]*\} 0/)
  // The stake is out: the reserve is enough.
  facts.nextStakeWei = 0n
  await look(ETHER)
  expect(readiness.reasons()).toEqual([])
  await look(ETHER - 1n)
  expect(lines).toHaveLength(2)
})
