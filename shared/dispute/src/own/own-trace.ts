import type { AssertionTrace, ProofAt, TraceProgress } from '@crema/machine'
import type { Hash } from '@crema/protocol'
import type { RightChild } from './own-child.ts'

/** The trace of the right child, and the proofs of its steps. */
export interface OwnTrace extends AssertionTrace {
  /** What `verify` is given at step `i` of segment `x` of block `b`, and the states around it. Throws what running the block throws. */
  proveStep(b: number, x: number, i: number): ProofAt
}

/** How far the trace of an assertion is. */
export interface OwnTraceProgress extends TraceProgress {
  readonly assertionId: Hash
}

/** Traces of right children. */
export interface OwnTraces {
  /**
   * The trace of a right child, built if need be; undefined when what it is made of is not at hand. The same call again goes on where a failed one stopped.
   * Throws the signal's reason, and what reading and executing throws.
   */
  traceOf(child: RightChild, signal?: AbortSignal): Promise<OwnTrace | undefined>
  /** Builds under way. */
  progress(): readonly OwnTraceProgress[]
  /** Drops what is kept in memory of an assertion that is decided. */
  forget(assertionId: Hash): void
}
