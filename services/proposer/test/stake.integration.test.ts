import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { type ForcedRollup, startForcedRollup, testAddress } from '@crema/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { contractsOf } from './support/l1.ts'
import { type RunningProposer, startProposer } from './support/proposer.ts'

const INDEX = 2
const address = testAddress(INDEX)
const ETHER = 10n ** 18n
let rollup: ForcedRollup
let contracts: ReturnType<typeof contractsOf>
let proposer: RunningProposer | undefined
beforeEach(async () => {
  rollup = await startForcedRollup({ challengePeriod: 60n })
  contracts = contractsOf(rollup)
})
afterEach(async () => {
  await proposer?.stop()
  proposer = undefined
  await rollup?.close()
})

/** Resolves once so many assertions are made. */
const asserted = (count: number) =>
  eventually(`assertion ${count}`, async () => (await contracts.proposed()).length >= count)

it('brings its stake home before it asks for one: it never waits for its own', async () => {
  // Enough for one stake, not for two.
  await contracts.setBalance(address, (ETHER * 3n) / 2n)
  await rollup.leaves(2)
  proposer = startProposer(rollup, INDEX)
  await asserted(1)
  await rollup.pass(61)
  await eventually(
    'the tip to be confirmed',
    async () => (await contracts.latestConfirmed()) === (await contracts.tip()),
  )
  // Its operator takes the bond off the tip: the next assertion needs a stake that only the vault's credit can pay.
  await proposer.stop()
  const [posted] = await contracts.posted()
  await contracts.release(posted!.args.bondId, INDEX)
  proposer = startProposer(rollup, INDEX)
  await rollup.leaves(1)
  await asserted(2)
  expect((await contracts.claimed()).map(({ args }) => args.amount)).toEqual([ETHER])
  expect((await contracts.posted()).length).toBe(2)
  expect((await contracts.rolled()).length).toBe(0)
  expect(proposer.notReady()).toEqual([])
})

it('asks for no stake that it cannot pay, says so, goes on with the rest, and proposes once it is funded', async () => {
  await contracts.setBalance(address, ETHER)
  await rollup.leaves(1)
  proposer = startProposer(rollup, INDEX)
  const { propose } = await proposer.until('the lack of funds', (status) => status.propose?.did === 'nothing')
  expect(propose).toMatchObject({ why: expect.stringContaining('is below the') })
  expect(proposer.notReady()).toEqual([expect.stringMatching(/^stake: the balance of 1 ether is below the 1\.\d+/)])
  expect(proposer.missingWei()).toBeGreaterThan(0n)
  expect(proposer.open()).toEqual([])
  expect(await contracts.targets()).toEqual([])
  await contracts.setBalance(address, 2n * ETHER)
  await asserted(1)
  expect(proposer.notReady()).toEqual([])
  expect(proposer.missingWei()).toBe(0n)
})

it('brings a stake home that the guardian had refunded, and asserts anew', async () => {
  await contracts.setBalance(address, 3n * ETHER)
  await rollup.leaves(1)
  proposer = startProposer(rollup, INDEX)
  await asserted(1)
  await contracts.invalidateChildren(await contracts.latestConfirmed())
  await eventually('the stake to come home', async () => (await contracts.claimed()).length > 0)
  expect((await contracts.claimed()).map(({ args }) => args.amount)).toEqual([ETHER])
  await asserted(2)
  const [first, second] = await contracts.proposed()
  expect(second!.args.parentId).toBe(first!.args.parentId)
  expect(second!.args.id).not.toBe(first!.args.id)
})

it('stakes nothing that it could not play a duel for', async () => {
  // Enough for the stake and its gas; a duel asks for at least 0.0162 ether at any base fee.
  await contracts.setBalance(address, ETHER + ETHER / 100n)
  await rollup.leaves(1)
  proposer = startProposer(rollup, INDEX)
  await proposer.until('the lack of funds', (status) => status.propose?.did === 'nothing')
  expect(proposer.notReady()).toEqual([
    expect.stringMatching(/^stake: .* reserve for a duel ask for: \d+ wei are missing$/),
  ])
  expect(await contracts.targets()).toEqual([])
  await contracts.setBalance(address, ETHER + ETHER / 10n)
  await asserted(1)
})

it('keeps the reserve that its operator wants', async () => {
  await contracts.setBalance(address, 3n * ETHER)
  await rollup.leaves(1)
  proposer = startProposer(rollup, INDEX, { minBalanceWei: 2n * ETHER })
  await proposer.until('the lack of funds', (status) => status.propose?.did === 'nothing')
  expect(proposer.missingWei()).toBeGreaterThan(0n)
  expect(proposer.missingWei()).toBeLessThan(ETHER)
  await contracts.setBalance(address, 4n * ETHER)
  await asserted(1)
  // The stake is out, the bond rolls on: the reserve alone is asked for, and is there.
  expect(proposer.missingWei()).toBe(0n)
})

it('gives up what L1 does not take, does what else is due, and tries again under a new key', async () => {
  await rollup.leaves(1)
  const storePath = join(rollup.dir, 'intents.sqlite')
  // No transaction is allowed to be this cheap.
  proposer = startProposer(rollup, INDEX, { giveUpMs: 300 }, { storePath, maxFeeCapWei: 1n })
  const failed = await proposer.until('an attempt to be given up', ({ propose }) => propose?.did === 'failed')
  expect(failed.propose).toMatchObject({ why: expect.stringContaining('tx.deadline-exceeded') })
  const waiting = await proposer.until('the pause', ({ propose }) => propose?.did === 'nothing')
  expect(waiting.propose).toMatchObject({ why: expect.stringMatching(/failed \d+ times; tries again at 20/) })
  const aim = failed.propose?.did === 'failed' ? failed.propose.what : ''
  await proposer.stop()
  // The fees come down: the attempt that was given up blocks nothing.
  proposer = startProposer(rollup, INDEX, {}, { storePath })
  await asserted(1)
  await proposer.stop()
  proposer = undefined
  const store = openIntentStore(storePath)
  expect(store.get(`${aim}#0`)).toMatchObject({ state: 'failed', error: { code: 'tx.deadline-exceeded' } })
  store.close()
})
