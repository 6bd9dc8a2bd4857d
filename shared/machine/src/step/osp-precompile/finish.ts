import type { Machine } from '../../state/machine.ts'
import { microOp } from '../micro-op.ts'
import { finishCall, leaveTransaction } from '../osp-call/leave.ts'

const nothing = new Uint8Array(0)

/** Ends a precompile's call with what it returned; undefined for a failure, which also undoes the transfer of value. */
export function finishPrecompile(m: Machine, output: Uint8Array | undefined, gasLeft: number): undefined {
  const { f, x } = m
  if (output === undefined) m.state = x.before
  x.op = microOp.opcode
  if (f.depth < 0) return leaveTransaction(m, output !== undefined, gasLeft, output ?? nothing)
  f.gas += gasLeft
  finishCall(m, f, output !== undefined, output ?? nothing, x.retOff, x.retLen)
}
