import type { DisputeCommitment, DisputeDuel, Side } from '@crema/l1'
import { noHash } from '../duel/hex.ts'
import { alert, type DecideContext, want } from './context.ts'

/** What follows from assertions whose fate is known: no opinion of one's own is needed. */
export function cleanUp(context: DecideContext): void {
  const { state } = context
  const fates = new Map(state.assertions.map(({ id, fate }) => [id, fate]))
  for (const { id, fate, isMarked } of state.assertions) {
    const isDropped = fate === 'lost' || fate === 'refunded'
    if (isDropped && !isMarked) want(context, { kind: 'markOrphan', assertionId: id }, { what: `it is ${fate}`, fate })
  }
  for (const { id, status, assertionId } of state.commitments) {
    const fate = fates.get(assertionId)
    if (status === 'resolved' || fate === undefined || fate === 'pending' || fate === 'none') continue
    want(context, { kind: 'resolve', commitmentId: id }, { what: `its assertion is ${fate}`, fate, status })
  }
  collectCredits(context)
}

function collectCredits(context: DecideContext): void {
  const { state, limits, account } = context
  const me = account.address.toLowerCase()
  const confirmed = new Set(state.assertions.filter(({ fate }) => fate === 'confirmed').map(({ id }) => id))
  const hasWon = (commitment: DisputeCommitment | undefined): boolean =>
    commitment !== undefined && !commitment.wasEliminated && confirmed.has(commitment.assertionId)
  /** Whether a pot that only shrinks any more does not have so much. */
  const isLost = (total: bigint): boolean => total > state.pot && isSettled(context)
  const commitments = new Map(state.commitments.map((commitment) => [commitment.id, commitment]))
  for (const duel of state.duels) {
    const { older, newer, isCollected, ledger, credits } = duel
    if (isCollected || ledger === noHash || credits === undefined) continue
    const winner = hasWon(commitments.get(older)) ? 0 : hasWon(commitments.get(newer)) ? 1 : undefined
    if (winner === undefined) continue
    const amount = owed(duel, winner, me)
    if (amount === 0n || amount < limits.minCollectWei) continue
    // The whole side is paid at once, or nobody.
    const total = owed(duel, winner)
    if (isLost(total)) {
      alert(context, 'unpaid', 'info', duel.id, { amount, total, pot: state.pot })
      continue
    }
    want(context, { kind: 'collect', older, newer, credits }, { what: 'moves of ours are unpaid', amount })
  }
  const slashed = new Set(account.stakes.bonds.filter(({ status }) => status === 'slashed').map(({ id }) => id))
  for (const commitment of state.commitments) {
    const { id, staker, bondId, joinPaid, joinCredit } = commitment
    if (staker !== me || joinPaid || joinCredit < limits.minCollectWei || joinCredit === 0n) continue
    if (!hasWon(commitment) || slashed.has(bondId)) continue
    if (isLost(joinCredit)) {
      alert(context, 'unpaid', 'info', id, { amount: joinCredit, total: joinCredit, pot: state.pot })
      continue
    }
    want(context, { kind: 'collectJoin', commitmentId: id }, { what: 'our joining is unpaid', amount: joinCredit })
  }
}

/** Wei due for the winning side, to `mover` alone if named. */
function owed({ credits = [] }: DisputeDuel, winner: Side, mover?: string): bigint {
  return credits.reduce((sum, credit) => {
    const isMeant = credit.side === winner && (mover === undefined || credit.mover === mover)
    return isMeant ? sum + credit.amount : sum
  }, 0n)
}

/** Whether every child and commitment has met its end: all stakes that are slashed are in the pot. */
function isSettled({ state, missing }: DecideContext): boolean {
  const isDecided = state.assertions.every(({ fate, isMarked }) => fate !== 'pending' && fate !== 'none' && isMarked)
  const isResolved = state.commitments.every(({ status }) => status === 'resolved')
  return isDecided && isResolved && missing.length === 0 && state.commitments.length === state.joins
}

/** Whether nothing is left that anyone could do about these children. */
export function isFinished(context: DecideContext): boolean {
  return isSettled(context) && context.intents.length === 0
}
