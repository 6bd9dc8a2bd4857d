import { createGuardedChildren, createNodeView, type OwnChild } from '@crema/dispute'
import { assertionChainAbi, createDisputeBook, createL1Client, type L1Client, readDisputes } from '@crema/l1'
import { createOwnInboxRoots, ownEndState } from '@crema/node'
import type { Hash } from '@crema/protocol'
import { type Anvil, type ForcedRollup, freePort, startAnvil, startForcedRollup } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assert } from './support/challenger.ts'

const MINUTE = 60_000
let rollup: ForcedRollup
let stranger: Anvil
let genesisId: Hash
/** L1 before the first assertion. */
let fresh: Hash
beforeAll(async () => {
  rollup = await startForcedRollup()
  stranger = await startAnvil()
  const { assertionChain: address } = rollup.config.l1Contracts
  genesisId = await rollup.l1.readContract({ address, abi: assertionChainAbi, functionName: 'genesisId' })
  await rollup.leaves(3)
  fresh = await rollup.rpc<Hash>('evm_snapshot')
}, MINUTE)
afterAll(async () => {
  await stranger?.stop()
  await rollup?.close()
})

const view = () => createNodeView({ node: rollup.node, head: 'finalized' })

/** What the guard says of a parent's right child, and what the node alone would. */
async function ask(
  parentId: Hash,
  witnesses: readonly { readonly name: string; readonly client: L1Client }[] = [],
): Promise<{ readonly guarded: OwnChild; readonly alone: OwnChild }> {
  const { node, l1, config } = rollup
  const contracts = config.l1Contracts
  const book = createDisputeBook(l1, { contracts, fromBlock: config.l1StartBlock })
  await book.refresh()
  const [state] = await readDisputes(l1, { contracts, book, parentIds: [parentId] })
  const inboxRoots = createOwnInboxRoots(node.store)
  const guarded = createGuardedChildren({ children: view(), node, l1, inboxRoots, head: 'finalized', witnesses })
  return { guarded: await guarded.rightChild(state!), alone: await view().rightChild(state!) }
}

it('tells the right child while every source has the L1 block that the input ends in', async () => {
  const wrong = await assert(rollup, 5, genesisId, { stateRoot: `0x${'ab'.repeat(32)}` })
  await rollup.settle()
  const { guarded, alone } = await ask(genesisId, [{ name: 'second', client: createL1Client({ url: rollup.l1Url }) }])
  expect(guarded).toEqual(alone)
  expect(guarded).toMatchObject({ isKnown: true, end: ownEndState(rollup.node.store, 0n, 3n) })
  expect(guarded.isKnown && guarded.id).not.toBe(wrong)
})

it(
  'is in doubt, and names the source, while one lags, is on another fork or does not answer',
  async () => {
    const behind = await ask(genesisId, [{ name: 'behind', client: createL1Client({ url: stranger.url }) }])
    const lag = { source: 'behind', block: rollup.node.store.leaf(2n)!.l1BlockNumber }
    const why = expect.stringMatching(/^a source lags/)
    expect(behind.guarded).toMatchObject({ ...behind.alone, doubt: { why, details: lag } })
    await stranger.client.request({ method: 'anvil_mine' as never, params: ['0x200'] as never })
    const other = await ask(genesisId, [{ name: 'other', client: createL1Client({ url: stranger.url }) }])
    const details = { source: 'other', own: rollup.node.store.leaf(2n)!.l1BlockHash }
    expect(other.guarded).toMatchObject({ ...other.alone, doubt: { why: 'a source disagrees about L1', details } })
    const silent = createL1Client({ url: `http://127.0.0.1:${await freePort()}`, timeoutMs: 500 })
    const { guarded } = await ask(genesisId, [{ name: 'silent', client: silent }])
    const doubt = { why: 'a source does not answer', details: { source: 'silent' } }
    expect(guarded).toMatchObject({ ...other.alone, doubt })
    expect(other.alone).toMatchObject({ isKnown: true })
    expect(other.alone).not.toHaveProperty('doubt')
  },
  MINUTE,
)

it(
  'asks L1 about each assertion on the way to a confirmed one once, however often it is asked',
  async () => {
    await rollup.rpc('evm_revert', fresh)
    fresh = await rollup.rpc<Hash>('evm_snapshot')
    await rollup.settle()
    const line = [genesisId]
    for (let depth = 0; depth < 4; depth++) {
      line.push(await assert(rollup, 5, line.at(-1)!))
      await rollup.leaves(1)
      await rollup.settle()
    }
    const { node, config } = rollup
    const asked: unknown[] = []
    const readContract: L1Client['readContract'] = (query) => {
      if (query.functionName === 'assertion') asked.push((query.args as readonly unknown[])[0])
      return rollup.l1.readContract(query)
    }
    const l1 = { ...rollup.l1, readContract }
    const book = createDisputeBook(rollup.l1, { contracts: config.l1Contracts, fromBlock: config.l1StartBlock })
    await book.refresh()
    const parentIds = line.slice(0, -1)
    const states = await readDisputes(rollup.l1, { contracts: config.l1Contracts, book, parentIds })
    const inboxRoots = createOwnInboxRoots(node.store)
    const guard = createGuardedChildren({ children: view(), node, l1, inboxRoots, head: 'finalized' })
    const all = async () => {
      for (const state of states.toReversed()) expect(await guard.rightChild(state)).not.toHaveProperty('doubt')
    }
    await all()
    // Each of the pending ones with what it stands on; then genesis alone, for its own child.
    expect(asked.filter((id) => id !== genesisId)).toHaveLength(2 * (parentIds.length - 1) - 1)
    asked.length = 0
    await all()
    expect(asked).toEqual([genesisId])
  },
  2 * MINUTE,
)

it(
  'stakes nothing below an assertion whose state is right but which ends too early',
  async () => {
    await rollup.rpc('evm_revert', fresh)
    await rollup.settle()
    const end = ownEndState(rollup.node.store, 0n, 2n)!
    // As if the gas of an assertion were used up.
    const gasSinceAssertionStart = rollup.config.maxGasPerAssertion
    const early = await assert(rollup, 5, genesisId, { ...end, gasSinceAssertionStart })
    await assert(rollup, 6, early, { stateRoot: `0x${'cd'.repeat(32)}` })
    await rollup.settle()
    const { guarded, alone } = await ask(early)
    expect(alone.isKnown).toBe(true)
    const doubt = { why: 'this node disagrees with the parent', isBelowWrong: true, details: { id: early } }
    expect(guarded).toMatchObject({ ...alone, doubt })
  },
  MINUTE,
)
