import { type Machine, status } from '../state/machine.ts'
import { dispatch } from '../step/dispatch.ts'
import { opcode } from '../step/interpret.ts'
import { microOp } from '../step/micro-op.ts'

/** Runs the micro-op that is due, in a segment that runs. */
export function step(m: Machine): void {
  m.steps++
  if (m.x.op === microOp.opcode) opcode(m)
  else dispatch(m)
}

/** Runs micro-ops of the segment until `count` of them have run since it began, or it ends; returns how many have. */
export function runToStep(m: Machine, count: number): number {
  while (m.steps < count && m.status === status.running) step(m)
  return m.steps
}
