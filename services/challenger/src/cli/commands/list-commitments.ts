import type { ChallengerConfig } from '../../config.ts'
import { readL1View } from '../l1-view.ts'

/** Every commitment of every dispute, in order of joining. */
export async function listCommitments(config: ChallengerConfig) {
  const { states } = await readL1View(config)
  return states.flatMap((state) =>
    state.commitments.map(({ id, assertionId, status, wasEliminated, staker, joinIndex, joinedAt, remaining }) => ({
      id,
      assertionId,
      status: wasEliminated ? 'eliminated' : status,
      joinIndex,
      staker,
      joinedAt,
      clockSeconds: remaining,
      disputeId: state.id,
    })),
  )
}
