import { duelState } from '@crema/dispute'
import type { DisputeState } from '@crema/l1'

/** A pair as its older side sees it. */
export function pairsOf(state: DisputeState) {
  const commitments = new Map(state.commitments.map((commitment) => [commitment.id, commitment]))
  return state.duels.flatMap((duel) => {
    const older = commitments.get(duel.older)
    const newer = commitments.get(duel.newer)
    if (older === undefined || newer === undefined) return []
    return [{ duel, older, newer, at: duelState({ duel, ours: older, theirs: newer }, state.block.timestamp) }]
  })
}

/** Whose clock runs in a pair, and until when; undefined once it is decided. */
export function clockOf({ at }: Pick<ReturnType<typeof pairsOf>[number], 'at'>, now: bigint) {
  switch (at.kind) {
    case 'toStart':
    case 'toReveal':
    case 'toProve':
      return { side: 'older', deadline: at.deadline, secondsLeft: at.deadline - now }
    case 'waiting':
      return { side: 'newer', deadline: at.deadline, secondsLeft: at.deadline - now }
    case 'oursExpired':
      return { side: 'older', deadline: at.at, secondsLeft: at.at - now }
    case 'theirsExpired':
      return { side: 'newer', deadline: at.at, secondsLeft: at.at - now }
    case 'decided':
    case 'impossible':
      return undefined
    default:
      return at satisfies never
  }
}
