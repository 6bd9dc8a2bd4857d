import { createGuardedChildren, createNodeView, decide, type OwnChild } from '@crema/dispute'
import { assertionChainAbi, createDisputeBook, type DisputeState, readChildren, readDisputes } from '@crema/l1'
import { createOwnInboxRoots } from '@crema/node'
import type { Address, Hash } from '@crema/protocol'
import { copyVerifier, type ForcedRollup, scheduleVerifier, startForcedRollup, testAddress } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assert, challengerOf } from './support/challenger.ts'
import { type ChallengerProcess, challengerProcess, errorOf } from './support/challenger-process.ts'

const MINUTE = 60_000
const A = 60
let rollup: ForcedRollup
let cli: ChallengerProcess
let first: Hash
beforeAll(async () => {
  rollup = await startForcedRollup({ challengePeriod: BigInt(A) })
  cli = await challengerProcess(rollup, 9, 'watch')
  const { assertionChain: address } = rollup.config.l1Contracts
  const genesisId = await rollup.l1.readContract({ address, abi: assertionChainAbi, functionName: 'genesisId' })
  await rollup.leaves(1)
  first = await assert(rollup, 5, genesisId)
}, MINUTE)
afterAll(() => rollup?.close())

/** What the node judges of an assertion, and what stands guard before its siblings. */
async function ask(parentId: Hash): Promise<{ verdict: string | undefined; own: OwnChild; state: DisputeState }> {
  const { node, l1, config } = rollup
  const contracts = config.l1Contracts
  const challenger = challengerOf(rollup, l1)
  await challenger.look()
  const below = (await readChildren(l1, contracts.assertionChain, parentId)).firstChildId
  const verdict = challenger.judgements().find(({ assertion }) => assertion.id === below)?.verdict.verdict
  const book = createDisputeBook(l1, { contracts, fromBlock: config.l1StartBlock })
  await book.refresh()
  const [state] = await readDisputes(l1, { contracts, book, parentIds: [parentId] })
  const children = createNodeView({ node, head: 'finalized' })
  const inboxRoots = createOwnInboxRoots(node.store)
  const guard = createGuardedChildren({ children, node, l1, inboxRoots, head: 'finalized' })
  return { verdict, own: await guard.rightChild(state!), state: state! }
}

/** What the doctor finds about step verifiers. */
async function diagnosis(): Promise<{ readonly ok: boolean; readonly found: string }> {
  const { code, out, err } = await cli.command('doctor', '--json')
  const findings = code === 0 ? JSON.parse(out) : errorOf(err).details.findings
  expect(findings.find(({ check }: { check: string }) => check === 'deployment')).toMatchObject({ ok: true })
  return findings.find(({ check }: { check: string }) => check === 'step verifier')
}

let second: Hash
let copy: Address

it(
  'judges and defends under the verifier that the parent pinned, once another of the same code is in force',
  async () => {
    copy = await copyVerifier(rollup)
    await scheduleVerifier(rollup, copy)
    await rollup.leaves(1)
    expect(await diagnosis()).toMatchObject({ ok: true, found: expect.stringMatching(`${copy}, known$`) })
    await rollup.pass(A + 1)
    second = await assert(rollup, 5, first)
    await rollup.leaves(1)
    await assert(rollup, 5, second)
    await rollup.settle()
    const { verdict, own, state } = await ask(first)
    expect(state.parent.verifier.toLowerCase()).toBe(copy)
    expect(verdict).toBe('agree')
    expect(own).toMatchObject({ isKnown: true, id: second })
    // The child of a child whose id stands on the new verifier, too.
    expect(await ask(second)).toMatchObject({ verdict: 'agree', own: { isKnown: true } })
    expect(await diagnosis()).toEqual({ check: 'step verifier', ok: true, found: `${copy}, known` })
  },
  2 * MINUTE,
)

it(
  'puts no stake where a verifier decides that it does not know, and says so',
  async () => {
    const stranger = rollup.config.l1Contracts.bondVault
    await scheduleVerifier(rollup, stranger)
    expect(await diagnosis()).toMatchObject({ ok: false, found: expect.stringContaining(`${stranger}, UNKNOWN`) })
    await rollup.pass(A + 1)
    const { assertionChain } = rollup.config.l1Contracts
    const third = (await readChildren(rollup.l1, assertionChain, second)).firstChildId
    await rollup.leaves(1)
    await assert(rollup, 5, third)
    await rollup.settle()
    const { verdict, own, state } = await ask(third)
    // What is right does not depend on who decides about it.
    expect(verdict).toBe('agree')
    expect(own).toMatchObject({
      ...{ isKnown: false, needsPeople: true, details: { pinned: stranger } },
      why: 'the parent pins a step verifier that this version does not know',
    })
    const limits = { maxStakeWei: 1n, maxAtRiskWei: 1n, minClockSeconds: 0n, minCollectWei: 0n }
    const account = { address: testAddress(9), stakes: { credit: 0n, bonds: [] } }
    const { alerts, intents } = decide({ state, own, trace: undefined, account, mode: 'full', limits })
    expect(alerts).toMatchObject([{ code: 'unknown', severity: 'critical', details: { pinned: stranger } }])
    expect(intents).toEqual([])
    // Under the verifier that was pinned before, all goes on.
    expect(await ask(first)).toMatchObject({ verdict: 'agree', own: { isKnown: true, id: second } })
  },
  2 * MINUTE,
)
