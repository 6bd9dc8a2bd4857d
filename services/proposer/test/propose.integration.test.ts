import { assertionChainAbi, createL1Client, type L1Client } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import { type ForcedRollup, startForcedRollup } from '@crema/testing'
import { createPublicClient, custom, decodeFunctionData, encodeFunctionResult } from 'viem'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { contractsOf } from './support/l1.ts'
import { type RunningProposer, startProposer } from './support/proposer.ts'

let rollup: ForcedRollup
let contracts: ReturnType<typeof contractsOf>
let proposer: RunningProposer | undefined
beforeEach(async () => {
  rollup = await startForcedRollup({ challengePeriod: 600n })
  contracts = contractsOf(rollup)
})
afterEach(async () => {
  await proposer?.stop()
  proposer = undefined
  await rollup?.close()
})

it('fixes a target only when the next assertion is due, so that it holds all that came meanwhile', async () => {
  await rollup.leaves(1)
  proposer = startProposer(rollup, 2, { intervalSeconds: 300n })
  await proposer.until(
    'the interval to run',
    ({ propose }) => propose?.did === 'nothing' && /interval/.test(propose.why),
  )
  await rollup.leaves(1)
  const { lastLookAt } = proposer.status()
  await proposer.until('another look', (status) => status.lastLookAt! > lastLookAt! + 100)
  await rollup.leaves(2)
  expect((await contracts.targets()).map(({ args }) => args.targetCount)).toEqual([1n])
  await rollup.pass(300)
  await eventually('the second assertion', async () => (await contracts.proposed()).length === 2)
  expect((await contracts.proposed()).map(({ args }) => args.end.inboxCount)).toEqual([1n, 4n])
  expect((await contracts.posted()).length).toBe(1)
  expect((await contracts.rolled()).length).toBe(1)
})

/** The rollup's L1 with every call counted, whose `children` answers as a replica on another fork would. */
function forkedReplica(targetRoot: Hash): L1Client {
  const behind = createL1Client({ url: rollup.l1Url })
  const abi = assertionChainAbi
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    const call = method === 'eth_call' ? (params as { to: string; data: Hash }[])[0] : undefined
    if (call?.to.toLowerCase() !== rollup.config.l1Contracts.assertionChain.toLowerCase()) {
      return behind.request({ method, params } as never)
    }
    const { functionName, args } = decodeFunctionData({ abi, data: call.data })
    if (functionName !== 'children') return behind.request({ method, params } as never)
    const address = rollup.config.l1Contracts.assertionChain
    const children = await behind.readContract({ address, abi, functionName, args })
    return encodeFunctionResult({ abi, functionName, result: { ...children, targetRoot } })
  }
  return createPublicClient({ transport: custom({ request }), cacheTime: 0 })
}

it('stakes on no target over other leaves than its own', async () => {
  await rollup.leaves(2)
  proposer = startProposer(rollup, 2, {}, { l1: forkedReplica(`0x${'ee'.repeat(32)}`) })
  await proposer.until(
    'the fork to be noticed',
    ({ propose }) => propose?.did === 'nothing' && /another fork/.test(propose.why),
  )
  expect((await contracts.targets()).length).toBe(1)
  expect(await contracts.proposed()).toEqual([])
  expect(proposer.open()).toEqual([])
})
