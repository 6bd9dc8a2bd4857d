import { type Machine, status } from '../state/machine.ts'
import { noteStack } from '../state/stack.ts'
import { noteCode } from '../state/witness.ts'
import { dispatch } from './dispatch.ts'
import { microOp } from './micro-op.ts'
import { opcodeTable } from './opcode-table.ts'
import { baseGas, maxStack, minStack } from './opcodes.ts'
import { halt } from './osp-call/halt.ts'

/** Runs micro-ops until the segment ends. Throws `MissingNodeError`, `MissingCodeError`, `TrieError`; the machine is unusable then. */
export function runSegment(m: Machine): undefined {
  while (m.status === status.running) {
    if (m.x.op === microOp.opcode) {
      runOpcodes(m)
    } else {
      m.steps++
      dispatch(m)
    }
  }
}

/** The inner loop: opcodes of the running frame and its calls, until a micro-op is due. */
function runOpcodes(m: Machine): undefined {
  const { x } = m
  let steps = 0
  do {
    steps++
    opcode(m)
  } while (x.op === microOp.opcode)
  m.steps += steps
}

/** One opcode: base gas, stack bounds, then its function. */
export function opcode(m: Machine): undefined {
  const { f } = m
  const op = f.pc < f.code.length ? f.code[f.pc]! : 0
  if (m.witness !== undefined) noteCode(m.witness, f.code)
  if (f.sp < minStack[op]! || f.sp > maxStack[op]! || f.gas < baseGas[op]!) return halt(m)
  f.gas -= baseGas[op]!
  f.pc++
  if (m.witness !== undefined) noteStack(m.witness, f, minStack[op]!)
  opcodeTable[op]!(m, f)
}
