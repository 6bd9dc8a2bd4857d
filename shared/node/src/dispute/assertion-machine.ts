import type { ChainStore } from '@crema/chain-store'
import { createMachineSource, type ProofAt, proveAt, type TraceSource } from '@crema/machine'
import type { ProvableBlocks } from './provable-blocks.ts'

/** The right child of an assertion on the step machine. */
export interface AssertionMachine {
  /** For `buildTrace`. */
  readonly source: TraceSource
  /**
   * Proof of step `i` of segment `x` of block `b`, anywhere in the trace; behind the assertion's end, that nothing happens. Costs running the
   * block up to there. Throws `EvidenceError`, `MissingNodeError`, `TraceError` `NO_SUCH_NODE`.
   */
  prove(b: number, x: number, i: number): ProofAt
}

/** Last segment of a block in a trace: no block has as many. */
const BEHIND = 4_095

/** Runs and proves the blocks of an assertion on the states of the node's own store. */
export function createAssertionMachine(store: ChainStore, blocks: ProvableBlocks): AssertionMachine {
  const { count, terms, block, weight } = blocks
  return {
    source: createMachineSource({ state: store, inboxRoot: terms.inboxRoot, blocks: count, block, weight }),
    prove: (b, x, i) => (b < count ? proveAt(block(b), store, x, i) : proveAt(block(count - 1), store, BEHIND, i)),
  }
}
