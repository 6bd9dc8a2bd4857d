import type { StateReader } from '@crema/protocol'
import { createCommitter } from '../commit/committer.ts'
import { commitMachine } from '../commit/machine-hash.ts'
import { proveIdle, proveStep } from '../prove/prove-step.ts'
import type { ProvableBlock } from '../run/provable-block.ts'
import { createProvingMachine } from '../run/proving-machine.ts'
import { runToStep } from '../run/step.ts'
import { type Machine, status } from '../state/machine.ts'
import { TraceError } from './errors.ts'
import { traceDepth } from './trace-tree.ts'

/** The step at one place of a trace: what `verify` is given there, and the state that it must return. */
export interface ProofAt {
  readonly proof: Uint8Array
  /** Hashes of the states before and after, 32 bytes. */
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/**
 * Proves micro-op `i` of segment `x` of a block, or that nothing happens there. For the blocks behind an assertion's last one, `block` is the last and `x` is
 * behind its segments. Costs running the block up to there in fast mode. Throws {@link TraceError} `NO_SUCH_NODE` outside of the tree, and what reading the state throws.
 */
export function proveAt(block: ProvableBlock, state: StateReader, x: number, i: number): ProofAt {
  requirePlace(x, traceDepth.segments)
  requirePlace(i, traceDepth.steps)
  const { machine: m, nextSegment } = createProvingMachine(block, state)
  for (let at = 0; at < x; at++) {
    runToStep(m, Number.POSITIVE_INFINITY)
    if (!nextSegment()) return idleAt(m)
  }
  runToStep(m, i)
  return m.status === status.running ? proveStep(m) : idleAt(m)
}

function idleAt(m: Machine): ProofAt {
  const c = createCommitter()
  const state = commitMachine(c, m)
  return { proof: proveIdle(m, c), before: state, after: state }
}

function requirePlace(index: number, depth: number): void {
  if (Number.isInteger(index) && index >= 0 && index < 2 ** depth) return
  throw new TraceError('NO_SUCH_NODE', 'the trace has no such place', { details: { index, depth } })
}
