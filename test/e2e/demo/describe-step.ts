import { createProvingMachine, runToStep } from '@crema/machine'
import type { Arena } from '../support/arena/arena.ts'
import type { NamedStep } from '../support/arena/find-step.ts'

/** A step in words: where it is, and what an SSTORE writes. */
export function describeStep({ blocks, rollup }: Arena, { b, x, i, op }: NamedStep): string {
  const block = blocks.block(b)
  const { machine: m, nextSegment } = createProvingMachine(block, rollup.node.store)
  for (let at = 0; at < x; at++) {
    runToStep(m, Number.POSITIVE_INFINITY)
    nextSegment()
  }
  runToStep(m, i)
  const { stack, sp } = m.f
  const words = op === 'SSTORE' ? `(slot ${stack[sp - 1]}, value ${stack[sp - 2]})` : ''
  return `${op}${words}, step ${i} of segment ${x} of block ${b} (from 0; segment 0 begins the block, segment n is its nth transaction)`
}
