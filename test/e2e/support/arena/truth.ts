import { readLatestConfirmed } from '@crema/l1'
import { testAddress } from '@crema/testing'
import { expect } from 'vitest'
import type { Arena, Contender } from './arena.ts'
import { honestUntil } from './honest-turn.ts'
import { commitmentOf } from './play.ts'
import { vaultOf } from './vault.ts'

/** Honest turns to the end; then the truth is confirmed, every wrong commitment is out, the honest stakes are back, and the vault holds what it owes. */
export async function expectTruth(arena: Arena, right: Contender, wrong: readonly Contender[]): Promise<void> {
  const { l1, config } = arena.rollup
  await honestUntil(
    arena,
    right,
    Number(config.challengePeriod) / 4,
    async () => (await readLatestConfirmed(l1, arena.contracts.assertionChain)) === right.id,
  )
  const { commitments } = await arena.state()
  const wasEliminated = (of: Contender): boolean | undefined =>
    commitments.find(({ id }) => id === commitmentOf(of))?.wasEliminated
  expect(wrong.map(wasEliminated)).toEqual(wrong.map(() => true))
  expect(wasEliminated(right)).toBe(false)
  await expectBalanced(arena)
  await expectPaid(arena, right.account)
}

/** The vault holds what it owes, and nothing else. */
export async function expectBalanced(arena: Arena): Promise<void> {
  const { bonded, credit, burned, pots, balance } = await vaultOf(arena).totals()
  expect(balance).toBe(bonded + credit + burned + pots)
}

/** An account has all its stakes back, and nothing to claim. */
export async function expectPaid(arena: Arena, account: number): Promise<void> {
  const { bonds, credit } = await vaultOf(arena).account(testAddress(account))
  expect({ credit, statuses: bonds.map(({ status }) => status) }).toEqual({
    credit: 0n,
    statuses: bonds.map(() => 'released'),
  })
}
