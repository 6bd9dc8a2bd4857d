import { createProvingMachine, microOp, type ProvingMachine, runToStep } from '@crema/machine'
import { opcodeName } from '../../conformance/gas/opcode-names.ts'
import type { Place } from '../evil-lie.ts'
import type { Arena } from './arena.ts'

const names = new Map<number, string>(Object.entries(microOp).map(([name, op]) => [op, name]))
const RUNNING = 0

/** A micro-op of the right trace; an instruction by its mnemonic. */
export interface NamedStep extends Place {
  readonly op: string
  /** Of the frame that runs it; 0 for a transaction's first, and where none runs. */
  readonly depth: number
}

/** Every micro-op of the assertion, in order. */
export function* stepsOf({ blocks, rollup }: Arena): Generator<NamedStep> {
  for (let b = 0; b < blocks.count; b++) {
    const { machine: m, nextSegment } = createProvingMachine(blocks.block(b), rollup.node.store)
    let x = 0
    do {
      for (let i = 0; m.status === RUNNING; i++) {
        yield { b, x, i, op: nameOf(m), depth: m.f.depth }
        runToStep(m, m.steps + 1)
      }
      x++
    } while (nextSegment())
  }
}

function nameOf({ x, f }: ProvingMachine['machine']): string {
  if (x.op === microOp.opcode) return opcodeName(f.code[f.pc] ?? 0)
  return x.op === microOp.precompile ? `precompile ${x.codeAddress}` : names.get(x.op)!
}

/** The first micro-op of every name, in order. */
export function firstSteps(arena: Arena): NamedStep[] {
  const firsts = new Map<string, NamedStep>()
  for (const step of stepsOf(arena)) if (!firsts.has(step.op)) firsts.set(step.op, step)
  return [...firsts.values()]
}

/** The first micro-op of a name. Throws when the assertion has none. */
export function firstStep(arena: Arena, op: string): NamedStep {
  for (const step of stepsOf(arena)) if (step.op === op) return step
  throw new Error(`the assertion has no ${op}`)
}

/** The last micro-op of block `b`, with which its state is sealed. */
export function sealOf(arena: Arena, b: number): NamedStep {
  let last: NamedStep | undefined
  for (const step of stepsOf(arena)) if (step.b === b) last = step
  return last!
}
