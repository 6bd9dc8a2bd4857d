import type { DisputeState } from '@crema/l1'
import type { Hash } from '@crema/protocol'

/** L1 time, seconds, from which a child gets no commitment any more: of the first child counted from the first rival, of any other from the first child. */
export function joinClosesAt({ parent, contracts }: Pick<DisputeState, 'parent' | 'contracts'>, childId: Hash): bigint {
  const isFirst = parent.firstChildId === childId
  return (isFirst ? parent.firstRivalAt : parent.firstChildAt) + contracts.challengePeriod
}
