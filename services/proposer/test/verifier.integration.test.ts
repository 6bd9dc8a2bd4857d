import { readChildren } from '@crema/l1'
import { copyVerifier, type ForcedRollup, scheduleVerifier, startForcedRollup } from '@crema/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { contractsOf } from './support/l1.ts'
import { type RunningProposer, startProposer } from './support/proposer.ts'

let rollup: ForcedRollup
let proposer: RunningProposer | undefined
beforeEach(async () => {
  rollup = await startForcedRollup({ challengePeriod: 60n })
})
afterEach(async () => {
  await proposer?.stop()
  proposer = undefined
  await rollup?.close()
})

it('asserts under the verifier in force, and under none that it does not know', async () => {
  const { bondVault, assertionChain } = rollup.config.l1Contracts
  const contracts = contractsOf(rollup)
  const asserted = async () => (await contracts.proposed()).length
  await rollup.leaves(1)
  proposer = startProposer(rollup, 2)
  await eventually('the first assertion', async () => (await asserted()) === 1)
  const first = (await contracts.proposed())[0]!.args.id

  const copy = await copyVerifier(rollup)
  await scheduleVerifier(rollup, copy)
  await rollup.pass(61)
  await rollup.leaves(1)
  await eventually('one under the new verifier', async () => (await asserted()) === 2)
  expect((await readChildren(rollup.l1, assertionChain, first)).verifier.toLowerCase()).toBe(copy)
  expect(proposer.notReady()).toEqual([])

  await scheduleVerifier(rollup, bondVault)
  await rollup.pass(61)
  await rollup.leaves(1)
  await proposer.until(
    'the unknown verifier to be noticed',
    ({ propose }) => propose?.did === 'nothing' && /verifier in force is unknown/.test(propose.why),
  )
  expect(proposer.notReady()).toEqual([expect.stringContaining(`does not know the step verifier ${bondVault}`)])
  expect(await asserted()).toBe(2)
  expect((await contracts.targets()).length).toBe(2)
  expect(proposer.open()).toEqual([])

  // Its owner names a known one again.
  await scheduleVerifier(rollup, copy)
  await rollup.pass(61)
  await eventually('an assertion again', async () => (await asserted()) === 3)
  expect(proposer.notReady()).toEqual([])
})
