import type { DisputeState } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import { noHash } from '../duel/hex.ts'

/** Assertions that L1's storage names, as the first child or behind a commitment, and whose events were not read. */
export function missingAssertions(state: DisputeState): readonly Hash[] {
  const { parent, reopenEpoch, assertions, commitments } = state
  const known = new Set(assertions.map(({ id }) => id))
  const hasFirst = reopenEpoch === parent.currentEpoch && parent.firstChildId !== noHash
  const named = [...(hasFirst ? [parent.firstChildId] : []), ...commitments.map(({ assertionId }) => assertionId)]
  return [...new Set(named)].filter((id) => !known.has(id))
}
