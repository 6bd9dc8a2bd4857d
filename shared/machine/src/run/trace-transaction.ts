import type { Frame } from '../state/frame.ts'
import { type Machine, status } from '../state/machine.ts'
import { dispatch } from '../step/dispatch.ts'
import { opcode } from '../step/interpret.ts'
import { microOp } from '../step/micro-op.ts'
import { minStack } from '../step/opcodes.ts'
import { createMachine } from './create-machine.ts'
import { finishTransaction, type MachineTransaction, type TransactionContext } from './execute-transaction.ts'
import { startEntry } from './segments.ts'

/** The machine before an opcode; its frame is the live one and changes when the trace goes on. */
export interface OpcodeState {
  readonly frame: Readonly<Frame>
  /** Refund counter, authorizations' part included. */
  readonly refund: number
  /** Whether the opcode takes more words than the stack holds, and so halts. */
  readonly underflows: boolean
}

/** As `executeTransaction`, but stops before each opcode that stands in code. */
export function* traceTransaction(
  context: TransactionContext,
  raw: Uint8Array,
): Generator<OpcodeState, MachineTransaction, void> {
  const m: Machine = createMachine(context.rules, context.state, context.stateRoot)
  Object.assign(m.b, context.block)
  startEntry(m, { index: 0, bytes: raw })
  while (m.status === status.running) {
    m.steps++
    if (m.x.op !== microOp.opcode) {
      dispatch(m)
      continue
    }
    const { f } = m
    const op = f.code[f.pc]
    if (op !== undefined) yield { frame: f, refund: m.t.refund, underflows: f.sp < minStack[op]! }
    opcode(m)
  }
  return finishTransaction(m)
}
