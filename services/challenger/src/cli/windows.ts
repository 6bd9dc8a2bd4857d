import type { DisputeState } from '@crema/l1'

/** Until when what may be done about the children of a parent. Times are L1 seconds; undefined where there is no such time. */
export interface Windows {
  readonly now: bigint
  readonly rivalUntil: bigint | undefined
  readonly commitToFirstUntil: bigint | undefined
  readonly commitToRivalUntil: bigint | undefined
  /** Earliest settlement of the first child and of a rival, if nothing is eliminated any more. */
  readonly settleFirstFrom: bigint | undefined
  readonly settleRivalFrom: bigint | undefined
  readonly pausedUntil: bigint
}

/** The windows of a dispute (docs/protocol/disputes.md, Opening a dispute, Settlement). */
export function windowsOf({ block, parent, contracts, lastEliminationAt }: DisputeState): Windows {
  const { challengePeriod, gracePeriod, pausedUntil } = contracts
  const first = parent.firstChildAt === 0n ? undefined : parent.firstChildAt + challengePeriod
  const rival = parent.firstRivalAt === 0n ? undefined : parent.firstRivalAt + challengePeriod
  const settleFrom = (closes: bigint | undefined) => {
    if (closes === undefined || rival === undefined) return undefined
    return (closes > lastEliminationAt ? closes : lastEliminationAt) + gracePeriod
  }
  return {
    now: block.timestamp,
    rivalUntil: first,
    commitToFirstUntil: rival,
    commitToRivalUntil: rival === undefined ? undefined : first,
    settleFirstFrom: settleFrom(first),
    settleRivalFrom: settleFrom(rival),
    pausedUntil,
  }
}
