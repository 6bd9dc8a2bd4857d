import { createProvingMachine, microOp, runToStep } from '@crema/machine'
import { opcodeName } from '../../conformance/gas/opcode-names.ts'
import type { Place } from '../evil-lie.ts'
import type { Arena } from './arena.ts'

const names = new Map<number, string>(Object.entries(microOp).map(([name, op]) => [op, name]))
const RUNNING = 0

/** A micro-op of the right trace; an instruction by its mnemonic. */
export interface NamedStep extends Place {
  readonly op: string
}

/** Every micro-op of the assertion, in order. */
export function* stepsOf({ blocks, rollup }: Arena): Generator<NamedStep> {
  for (let b = 0; b < blocks.count; b++) {
    const { machine: m, nextSegment } = createProvingMachine(blocks.block(b), rollup.node.store)
    let x = 0
    do {
      for (let i = 0; m.status === RUNNING; i++) {
        const op = m.x.op === microOp.opcode ? opcodeName(m.f.code[m.f.pc] ?? 0) : names.get(m.x.op)!
        yield { b, x, i, op }
        runToStep(m, m.steps + 1)
      }
      x++
    } while (nextSegment())
  }
}

/** The first micro-op of a name. Throws when the assertion has none. */
export function firstStep(arena: Arena, op: string): NamedStep {
  for (const step of stepsOf(arena)) if (step.op === op) return step
  throw new Error(`the assertion has no ${op}`)
}
