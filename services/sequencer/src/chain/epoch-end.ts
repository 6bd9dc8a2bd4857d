/** Last height that the epoch certifies, as L1 showed it last. */
export interface EpochEnd {
  /** Undefined while nothing was handed over. */
  readonly height: bigint | undefined
  /** Takes what L1 shows now; a reorg may take a handover back. */
  set(height: bigint | undefined): void
  /** Whether a header after `height` is beyond the epoch. */
  isOver(height: bigint): boolean
}

/** An {@link EpochEnd}. */
export function createEpochEnd(height?: bigint): EpochEnd {
  let last = height
  return {
    get height() {
      return last
    },
    set: (next) => {
      last = next
    },
    isOver: (at) => last !== undefined && at >= last,
  }
}
