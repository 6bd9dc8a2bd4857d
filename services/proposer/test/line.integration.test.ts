import { assertionChainAbi, readChildren } from '@crema/l1'
import { ownEndState } from '@crema/node'
import type { BlockState, Hash } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../../../test/e2e/support/arena/arena.ts'
import { honest, liar } from '../../../test/e2e/support/arena/contenders.ts'
import { honestUntil } from '../../../test/e2e/support/arena/honest-turn.ts'
import { eventually } from './support/eventually.ts'
import { contractsOf } from './support/l1.ts'
import { type RunningProposer, startProposer } from './support/proposer.ts'

const [PROPOSER, HONEST, LIAR] = [5, 10, 11] as const
const A = 600
const MINUTE = 60_000

let arena: Arena
let right: Contender
let wrong: Contender
let proposer: RunningProposer
let contracts: ReturnType<typeof contractsOf>
beforeAll(async () => {
  arena = await startArena({ challengePeriod: BigInt(A), fill: (rollup) => rollup.leaves(2) })
  contracts = contractsOf(arena.rollup)
  right = await honest(arena, HONEST)
  wrong = await liar(arena, LIAR, { b: 0, x: 0, i: 3 })
}, 2 * MINUTE)
afterAll(async () => {
  await proposer?.stop()
  await arena?.rollup.close()
})

const chain = () => ({ address: arena.contracts.assertionChain, abi: assertionChainAbi }) as const
const own = async () =>
  (await contracts.proposed()).flatMap(({ args }) =>
    args.proposer.toLowerCase() === testAddress(PROPOSER) ? [args] : [],
  )
const isListed = (id: Hash) =>
  arena.rollup.l1.readContract({ ...chain(), functionName: 'isListed', args: [id] }) as Promise<boolean>

/** What would follow from the lie if it were right: it ends as the truth does. */
async function rightLookingChild(): Promise<{ readonly account: number; readonly id: Hash; readonly end: BlockState }> {
  const { rollup } = arena
  const [from, to] = [wrong.end.inboxCount, wrong.end.inboxCount + 1n]
  const end = ownEndState(rollup.node.store, from, to)!
  const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'fixTarget', args: [wrong.id] })
  await arena.call(LIAR, { to: arena.contracts.assertionChain, data })
  const id = await rollup.l1.readContract({ ...chain(), functionName: 'assertionIdOf', args: [wrong.id, end] })
  return { account: LIAR, id, end }
}

it(
  'stakes nothing below a wrong assertion, however right what stands on it looks',
  async () => {
    await arena.propose(wrong)
    await arena.rollup.leaves(1)
    const child = await rightLookingChild()
    await arena.propose(child, { parentId: wrong.id })
    expect(await contracts.tip()).toBe(child.id)
    await arena.rollup.leaves(1)
    proposer = startProposer(arena.rollup, PROPOSER, { intervalSeconds: BigInt(A / 2) })
    await proposer.until('the lie to be seen', ({ disagreesWith }) => disagreesWith === wrong.id)
    const { lastLookAt } = proposer.status()
    await proposer.until('more looks', (status) => status.lastLookAt! > lastLookAt! + 500)
    expect(proposer.status().disagreesWith).toBe(wrong.id)
    expect(await own()).toEqual([])
    expect((await contracts.posted()).map(({ args }) => args.owner.toLowerCase())).not.toContain(testAddress(PROPOSER))
  },
  2 * MINUTE,
)

it(
  'builds on the right assertion while it is disputed',
  async () => {
    await arena.rival(right)
    await arena.rollup.pass(A / 2)
    await eventually('the assertion on the truth', async () => (await own()).length > 0)
    const [first] = await own()
    expect(first!.parentId).toBe(right.id)
    expect((await readChildren(arena.rollup.l1, arena.contracts.assertionChain, arena.parentId)).firstRivalAt).not.toBe(
      0n,
    )
    expect(proposer.status().disagreesWith).toBeUndefined()
    expect(await isListed(first!.id)).toBe(false)
    // Whoever asserted the truth: a stake of the proposer's falls with it.
    await eventually('it to count', async () => proposer.line.carries(testAddress(PROPOSER), right.id))
    expect(proposer.line.carries(testAddress(PROPOSER), wrong.id)).toBe(false)
    expect(proposer.line.carries(testAddress(LIAR), right.id)).toBe(false)
    const [bond] = (await contracts.posted()).filter(({ args }) => args.owner.toLowerCase() === testAddress(PROPOSER))
    expect(proposer.line.bondsOf(testAddress(PROPOSER))).toEqual(new Set([bond!.args.bondId]))
    // The rival's own bond stands behind no assertion of another.
    expect(proposer.line.bondsOf(testAddress(HONEST)).size).toBe(1)
    expect(proposer.line.bondsOf(testAddress(LIAR)).size).toBe(0)
  },
  2 * MINUTE,
)

it(
  'lists what stands on the right assertion once the dispute is won, and rolls its one stake on',
  async () => {
    const [first] = await own()
    await honestUntil(arena, right, A / 4, async () => (await contracts.latestConfirmed()) === right.id)
    // Its own challenge period is not over: nothing else lists it.
    await eventually('the line to be listed again', () => isListed(first!.id))
    expect(await contracts.latestConfirmed()).toBe(right.id)
    await arena.rollup.leaves(1)
    await arena.rollup.pass(A / 2)
    await eventually('the next assertion', async () => (await own()).length > 1)
    const [, second] = await own()
    expect(second!.parentId).toBe(first!.id)
    expect(await contracts.tip()).toBe(second!.id)
    const bonds = (await contracts.posted()).filter(({ args }) => args.owner.toLowerCase() === testAddress(PROPOSER))
    expect(bonds).toHaveLength(1)
  },
  3 * MINUTE,
)
