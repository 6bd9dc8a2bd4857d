import { assertionChainAbi, createL1Client, type L1Client } from '@crema/l1'
import { createOwnInboxRoots, isConsistent, judgeAssertion, ownEndState } from '@crema/node'
import { type Hash, stateHash } from '@crema/protocol'
import { type ForcedRollup, startForcedRollup, testAccount } from '@crema/testing'
import { createPublicClient, createWalletClient, custom, decodeFunctionData, encodeFunctionResult, http } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFacts } from '../src/read-facts.ts'
import { assert, challengerOf, type ManualChallenger } from './support/challenger.ts'

let rollup: ForcedRollup
let challenger: ManualChallenger
let genesisId: Hash
beforeAll(async () => {
  rollup = await startForcedRollup()
  challenger = challengerOf(rollup, createL1Client({ url: rollup.l1Url }))
  genesisId = await rollup.l1.readContract({ ...chain(), functionName: 'genesisId' })
})
afterAll(() => rollup?.close())

const chain = () => ({ address: rollup.config.l1Contracts.assertionChain, abi: assertionChainAbi }) as const
const verdictOf = (of: ManualChallenger, id: Hash) =>
  of.judgements().find(({ assertion }) => assertion.id === id)?.verdict

let first: Hash

it('agrees over its own leaves', async () => {
  await rollup.leaves(3)
  first = await assert(rollup, 5, genesisId)
  await rollup.settle()
  await challenger.look()
  expect(verdictOf(challenger, first)).toMatchObject({ verdict: 'agree' })
})

/** The rollup's L1, but while `fork.on` `children` answers as a replica on another fork would. */
function forkedReplica(targetRoot: Hash, fork: { on: boolean }): L1Client {
  const behind = createL1Client({ url: rollup.l1Url })
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    const result = await behind.request({ method, params } as never)
    const call = method === 'eth_call' ? (params as { data: Hash }[])[0] : undefined
    if (call === undefined || !fork.on) return result
    try {
      const { functionName, args } = decodeFunctionData({ abi: assertionChainAbi, data: call.data })
      if (functionName !== 'children') return result
      const children = await behind.readContract({ ...chain(), functionName, args })
      return encodeFunctionResult({ abi: assertionChainAbi, functionName, result: { ...children, targetRoot } })
    } catch {
      return result
    }
  }
  return createPublicClient({ transport: custom({ request }), cacheTime: 0 })
}

it('says nothing while the answers of L1 belong to different forks, and keeps none of them', async () => {
  const fork = { on: true }
  const forked = challengerOf(rollup, forkedReplica(`0x${'ee'.repeat(32)}`, fork))
  await forked.look()
  expect(verdictOf(forked, first)).toMatchObject({ verdict: 'unknown', why: 'inconsistent' })
  expect(forked.status().counts.disagree).toBe(0)
  fork.on = false
  await forked.look()
  expect(verdictOf(forked, first)).toMatchObject({ verdict: 'agree' })
})

it('compares nothing that is asserted over other leaves than its own', async () => {
  const { node, config, l1 } = rollup
  const listed = challenger.judgements()[0]!.assertion
  const facts = await readFacts(l1, config.l1Contracts, listed)
  expect(isConsistent(config, facts)).toBe(true)
  const roots = createOwnInboxRoots(node.store)
  expect(await roots.at(facts.targetCount)).toBe(facts.targetRoot)
  expect(await roots.at(facts.targetCount + 1n)).toBeUndefined()
  const head = node.store.heads().finalized
  const judge = (root: Hash | undefined) => judgeAssertion(node.store, config, head, facts, root)
  expect(judge(facts.targetRoot)).toMatchObject({ verdict: 'agree' })
  expect(judge(`0x${'77'.repeat(32)}`)).toMatchObject({ verdict: 'unknown', why: 'other-fork' })
  expect(judge(undefined)).toMatchObject({ verdict: 'unknown', why: 'behind' })
})

it('disagrees with a wrong state over its own leaves', async () => {
  const snapshot = await rollup.rpc<Hash>('evm_snapshot')
  await rollup.leaves(1)
  const wrong = await assert(rollup, 6, first, { stateRoot: `0x${'ab'.repeat(32)}` })
  await rollup.settle()
  await challenger.look()
  expect(verdictOf(challenger, wrong)).toMatchObject({ verdict: 'disagree', reason: 'wrong-state' })
  await challenger.look()
  expect(challenger.told.filter(({ assertion }) => assertion.id === wrong).length).toBe(1)

  // L1 takes back the assertion, its target and, although it was final, the last leaf. It is judged against the new ones alone.
  const before = rollup.node.store.leaf(3n)!.leafHash
  await rollup.rpc('evm_revert', snapshot)
  await rollup.pass(7)
  await rollup.leaves(2)
  expect(rollup.node.store.leaf(3n)!.leafHash).not.toBe(before)
  const right = await assert(rollup, 6, first)
  await rollup.settle()
  await challenger.look()
  expect(verdictOf(challenger, wrong)).toBeUndefined()
  expect(verdictOf(challenger, right)).toMatchObject({ verdict: 'agree' })
  expect(challenger.status().counts).toEqual({ agree: 2, disagree: 0, unknown: 0, orphan: 0 })
})

it('forgets what is settled for good, and still knows how much it was', async () => {
  const wallet = createWalletClient({ account: testAccount(7), transport: http(rollup.l1Url) })
  const end = ownEndState(rollup.node.store, 0n, 3n)!
  expect(challenger.judgements().map(({ assertion }) => stateHash(assertion.end))).toContain(stateHash(end))
  await rollup.pass(Number(rollup.config.challengePeriod))
  const hash = await wallet.writeContract({ ...chain(), chain: null, functionName: 'confirm', args: [first, end] })
  expect((await rollup.l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })).status).toBe('success')
  await challenger.look()
  expect(challenger.judgements().length).toBe(2)

  await rollup.rpc('anvil_mine', '0x80')
  await rollup.settle()
  await challenger.look()
  expect(challenger.judgements().map(({ assertion }) => assertion.parentId)).toEqual([first])
  expect(challenger.status()).toMatchObject({ settled: 1, counts: { agree: 2, disagree: 0, unknown: 0, orphan: 0 } })
  const told = challenger.told.length
  await challenger.look()
  expect(challenger.told.length).toBe(told)
  expect(challenger.status().settled).toBe(1)

  const fresh = challengerOf(rollup, createL1Client({ url: rollup.l1Url }))
  await fresh.look()
  expect(fresh.status().counts).toEqual(challenger.status().counts)
  expect(fresh.status().judgements).toEqual(challenger.status().judgements)
})
