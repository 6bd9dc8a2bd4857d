import { MAX_STEPS, type MachineResult } from '@crema/machine'

/** Micro-ops of a transaction and what it paid. */
export interface Paid {
  readonly steps: number
  readonly gas: number
}

/** Throws unless a transaction has at most 5 micro-ops for each 4 gas that it used (its refund was at most a fifth), and so fits a trace. */
export function expectPaid({ steps, gas }: Paid): void {
  if (steps > Math.ceil((gas * 5) / 4) || steps >= MAX_STEPS) throw new Error(`${steps} micro-ops for ${gas} gas`)
}

/** What each executed transaction of a block came to. */
export function paidOf({ block, steps }: MachineResult): Paid[] {
  const deposits = block.transactions.filter(({ decoded }) => decoded.type === 0x7e).length
  const skipped = new Set(block.skipped.map(({ entryIndex }) => deposits + entryIndex))
  const executed = steps.slice(1, -1).filter((_, i) => !skipped.has(i))
  return executed.map((count, i) => ({ steps: count, gas: Number(block.receipts[i]!.gasUsed) }))
}
