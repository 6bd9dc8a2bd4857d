import { type Frame, kind, noFrame } from '../../state/frame.ts'
import { type Machine, sourceKind } from '../../state/machine.ts'
import { push } from '../../state/stack.ts'
import { microOp } from '../micro-op.ts'
import { startCopy } from '../osp-mem/copy-chunk.ts'

const nothing = new Uint8Array(0)

/** Goes back from the running frame to its caller, or to the end of the transaction. `output` is what it returned or reverted with. */
export function leave(m: Machine, success: boolean, gasLeft: number, output: Uint8Array): undefined {
  const left = m.f
  m.x.op = microOp.opcode
  const caller = m.callers.pop()
  if (caller === undefined) return leaveTransaction(m, success, gasLeft, output)
  m.f = caller
  m.witness?.committed.caller()
  caller.gas += gasLeft
  if (left.kind >= kind.create) finishCreate(caller, left.created, success, output)
  else finishCall(m, caller, success, output, left.retOff, left.retLen)
}

/** The end of the frame that a transaction runs in. */
export function leaveTransaction(m: Machine, success: boolean, gasLeft: number, output: Uint8Array): undefined {
  m.f = noFrame()
  m.t.success = success
  m.t.gasLeft = gasLeft
  m.t.output = output.slice()
  m.x.op = microOp.txRefund
}

/** Gives a call's result to its caller; what fits the window is copied by further micro-ops. */
export function finishCall(
  m: Machine,
  caller: Frame,
  success: boolean,
  output: Uint8Array,
  retOff: number,
  retLen: number,
): undefined {
  caller.returnData = output
  push(caller, success ? 1n : 0n)
  const length = Math.min(retLen, output.length)
  if (length > 0) startCopy(m, sourceKind.slice, output, 0, length, retOff)
}

/** Gives a creation's result to its caller; only a revert leaves data (EIP-211). */
function finishCreate(caller: Frame, created: bigint, success: boolean, output: Uint8Array): undefined {
  caller.returnData = success ? nothing : output
  push(caller, success ? created : 0n)
}
