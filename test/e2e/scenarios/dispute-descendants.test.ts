// Scenario 26 of disputes: a lie on which others build, three levels deep and disputed below too, against the truth on which others build. The false branch dies level by level, each stake on it
// once; the right branch is confirmed to its tip.
import { assertionChainAbi, bondVaultAbi, disputeId, type Fate, fates, readLatestConfirmed } from '@crema/l1'
import type { BlockState, Hash } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { encodeFunctionData } from 'viem'
import { expect, it, onTestFinished } from 'vitest'
import { type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar, saltOf } from '../support/arena/contenders.ts'
import { honestTurns } from '../support/arena/honest-turn.ts'
import { commitmentOf } from '../support/arena/play.ts'
import type { AnyCall } from '../support/arena/send.ts'
import { expectBalanced, expectPaid, expectTruth } from '../support/arena/truth.ts'
import { vaultOf } from '../support/arena/vault.ts'
import { wrongEnd } from '../support/evil-executor.ts'

const [HONEST, LIAR, DECEIVED, OTHER, BUILDER] = [10, 11, 12, 13, 14] as const
const A = 600
const place = { b: 0, x: 0, i: 3 } as const

it('lets a false branch die with all that stands on it, and confirms the right one to its tip', async () => {
  const arena = await startArena({ challengePeriod: BigInt(A), fill: (rollup) => rollup.leaves(2) })
  const { rollup, contracts } = arena
  const { l1, config } = rollup
  onTestFinished(() => rollup.close())
  const chain = { address: contracts.assertionChain, abi: assertionChainAbi } as const
  const idOn = (parentId: Hash, end: BlockState): Promise<Hash> =>
    l1.readContract({ ...chain, functionName: 'assertionIdOf', args: [parentId, end] })
  const fateOf = async ({ id }: Pick<Contender, 'id'>): Promise<Fate> =>
    fates[await l1.readContract({ ...chain, functionName: 'fate', args: [id] })]!
  const mark = ({ id }: Pick<Contender, 'id'>) => ({ kind: 'markOrphan', assertionId: id }) as const
  const confirm = ({ id, end }: Pick<Contender, 'id' | 'end'>): AnyCall => ({
    to: contracts.assertionChain,
    data: encodeFunctionData({ abi: assertionChainAbi, functionName: 'confirm', args: [id, end] }),
  })
  const bondsOf = async (account: number) => (await vaultOf(arena).account(testAddress(account))).bonds
  const totals = () => vaultOf(arena).totals()

  // A lie. Each level has a leaf more.
  const right = await honest(arena, HONEST)
  const wrong = await liar(arena, LIAR, place)
  await rollup.leaves(1)
  await arena.propose(wrong)
  const [liarsBond] = await bondsOf(LIAR)

  // The truth, and two on it, of which nobody doubts any.
  await honestTurns(arena, right)
  const second = await arena.on(right)
  const right2 = await honest(second, BUILDER)
  await second.propose(right2)
  await rollup.leaves(1)
  const third = await second.on(right2)
  const right3 = await honest(third, BUILDER)
  const [buildersBond] = await bondsOf(BUILDER)
  await third.propose(right3, { bondId: buildersBond!.id })

  // Two on the lie, by the liar's own bond and by somebody deceived, and a rival of the first of them.
  const wrong2 = await childOf(wrong, right2.end, LIAR)
  await arena.propose(wrong2, { parentId: wrong.id, bondId: liarsBond!.id })
  const wrong3 = await childOf(wrong2, right3.end, DECEIVED)
  await arena.propose(wrong3, { parentId: wrong2.id })
  const { end, id } = await childOf(wrong, right2.end, OTHER)
  const beside = { ...(await liar(second, OTHER, place, { end })), id }
  await arena.rival(beside, { parentId: wrong.id })

  await arena.commit(wrong, liarsBond!.id)
  expect(await totals()).toMatchObject({ bonded: 5n * config.stake, burned: 0n })
  for (const each of [wrong, wrong2, beside, wrong3])
    expect(await arena.refusal(HONEST, mark(each))).toBe(`StillPending(${each.id})`)

  await expectTruth(arena, right, [wrong])
  // The first level is settled and written down; below it nothing is, and nothing is decided there: it cannot be confirmed.
  expect((await bondsOf(LIAR)).map(({ status }) => status)).toEqual(['slashed'])
  expect(await Promise.all([wrong, wrong2, beside, wrong3].map(fateOf))).toEqual(['lost', 'lost', 'lost', 'pending'])
  expect(await arena.refusal(LIAR, confirm(wrong2))).toBe(`NotPending(${wrong2.id}, 3)`)
  expect(await arena.refusal(DECEIVED, confirm(wrong3))).toBe(`ParentNotConfirmed(${wrong2.id}, ${right.id})`)
  expect(await arena.refusal(OTHER, mark(wrong3))).toBe(`StillPending(${wrong3.id})`)

  // Level by level. The liar's bond is gone already and adds nothing.
  const before = await totals()
  await arena.send(OTHER, mark(wrong2))
  expect(await totals()).toEqual(before)
  expect(await fateOf(wrong3)).toBe('lost')
  await arena.send(OTHER, mark(wrong3))
  expect(await arena.refusal(OTHER, mark(wrong3))).toBe(`NotPending(${wrong3.id}, 3)`)
  await arena.send(HONEST, mark(beside))
  await arena.send(HONEST, { kind: 'resolve', commitmentId: commitmentOf(beside) })
  for (const account of [LIAR, DECEIVED, OTHER]) {
    const bonds = await bondsOf(account)
    expect(bonds.map(({ status, commitments }) => ({ status, commitments }))).toEqual([
      { status: 'slashed', commitments: 0 },
    ])
    expect(await arena.refusal(account, { kind: 'release', bondId: bonds[0]!.id })).toMatch(/^BondNotActive/)
  }

  // The right branch goes on as if nothing had been.
  for (const each of [right2, right3]) {
    expect(await fateOf(each)).toBe('pending')
    await arena.call(BUILDER, confirm(each))
    expect(await readLatestConfirmed(l1, contracts.assertionChain)).toBe(each.id)
  }
  await arena.send(BUILDER, { kind: 'release', bondId: buildersBond!.id })
  await arena.send(BUILDER, { kind: 'claim', to: testAddress(BUILDER) })
  await expectPaid(arena, BUILDER)
  await expectBalanced(arena)
  const { bonded, credit, burned } = await totals()
  expect({ bonded, credit, burned }).toEqual({ bonded: 0n, credit: 0n, burned: (3n * config.stake) / 2n })
  // Half of a stake went into the pot of the dispute that it was lost in.
  const potOf = ({ id }: Pick<Contender, 'id'>): Promise<bigint> =>
    l1.readContract({
      ...{ address: contracts.bondVault, abi: bondVaultAbi, functionName: 'pot', args: [disputeId(id, 0)] },
    })
  expect([await potOf(wrong), await potOf(wrong2)]).toEqual([config.stake / 2n, config.stake / 2n])

  /** A child of a false assertion: the right blocks, and another lie on top. */
  async function childOf(parent: Pick<Contender, 'id'>, rightEnd: BlockState, account: number) {
    const end = wrongEnd(rightEnd, saltOf(account))
    return { account, end, id: await idOn(parent.id, end) } as const
  }
})
