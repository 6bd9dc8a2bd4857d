/** Read access to what ends an assertion. Block numbers are Inbox counts: block `count` has consumed `count` leaves. */
export interface GasIndex {
  /** Gas used by all blocks up to and including the one that consumed leaf `inboxCount - 1`; undefined when not executed yet. */
  cumulativeGas(inboxCount: bigint): bigint | undefined
}

export interface AssertionEndOptions {
  /** Leaves that the parent consumed. */
  readonly startCount: bigint
  /** The parent's fixed target. */
  readonly targetCount: bigint
  readonly maxBlocks: bigint
  /** G_A. */
  readonly maxGas: bigint
}

/** Where an assertion ends and the gas of its blocks. */
export interface AssertionEnd {
  readonly inboxCount: bigint
  readonly gasSinceStart: bigint
}

/**
 * The one end of a child of an assertion: the first of its parent's target, `maxBlocks` blocks, or gas since the start of at
 * least `maxGas` (docs/protocol/assertions.md). Undefined while there is nothing to assert or the node has not executed that far.
 */
export function assertionEnd(gas: GasIndex, options: AssertionEndOptions): AssertionEnd | undefined {
  const { startCount, targetCount, maxBlocks, maxGas } = options
  if (targetCount <= startCount) return undefined
  const base = gas.cumulativeGas(startCount)
  if (base === undefined) return undefined
  const blockBound = startCount + maxBlocks
  const bound = targetCount < blockBound ? targetCount : blockBound
  // Cumulative gas never falls, so the first count that reaches the limit is found by halving; unexecuted counts compare as reached.
  let low = startCount + 1n
  let high = bound
  while (low < high) {
    const middle = (low + high) / 2n
    const used = gas.cumulativeGas(middle)
    if (used === undefined || used - base >= maxGas) high = middle
    else low = middle + 1n
  }
  const used = gas.cumulativeGas(low)
  return used === undefined ? undefined : { inboxCount: low, gasSinceStart: used - base }
}
