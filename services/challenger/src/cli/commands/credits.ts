import { type DisputeState, readAccountStakes, readPostedBonds } from '@crema/l1'
import type { Address } from '@crema/protocol'
import type { ChallengerConfig } from '../../config.ts'
import { readL1View } from '../l1-view.ts'
import { addressOperand } from '../parse-command.ts'

/** What an account is owed and has at stake: credit, bonds, and what its moves and joinings in disputes are worth. */
export async function credits(config: ChallengerConfig, operands: readonly string[]) {
  const owner = addressOperand(operands, 0, 'ADDRESS')
  const { l1, rollup, states } = await readL1View(config)
  const head = await l1.getBlockNumber()
  const posted = await readPostedBonds(l1, rollup.l1Contracts, owner, rollup.l1StartBlock, head)
  const stakes = await readAccountStakes(l1, rollup.l1Contracts, owner, [...new Set(posted.map(({ id }) => id))])
  return {
    owner,
    claimableWei: stakes.credit,
    bonds: stakes.bonds,
    disputes: states.flatMap((state) => owed(state, owner)),
  }
}

/** Paid only if the side that was moved for wins, and as far as the pot goes. */
function owed(state: DisputeState, owner: Address) {
  const movesWei = state.duels.reduce((sum, { credits = [], isCollected }) => {
    const mine = credits.filter(({ mover }) => mover === owner)
    return isCollected ? sum : sum + mine.reduce((wei, { amount }) => wei + amount, 0n)
  }, 0n)
  const joinsWei = state.commitments.reduce((sum, { staker, joinPaid, joinCredit }) => {
    return staker === owner && !joinPaid ? sum + joinCredit : sum
  }, 0n)
  if (movesWei + joinsWei === 0n) return []
  return [{ disputeId: state.id, parentId: state.parentId, movesWei, joinsWei, potWei: state.pot }]
}
