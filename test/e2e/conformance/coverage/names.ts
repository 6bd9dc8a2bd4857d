import { type Machine, status } from '../../../../shared/machine/src/state/machine.ts'
import { microOp } from '../../../../shared/machine/src/step/micro-op.ts'

const names = new Map<number, string>(Object.entries(microOp).map(([name, op]) => [op, name]))

/** Name of a micro-op. */
export function nameOfMicroOp(op: number): string {
  return names.get(op)!
}

/** What is due: a micro-op, or where the machine stands between segments. */
export function dueName(m: Machine): string {
  if (m.status === status.running) return nameOfMicroOp(m.x.op)
  return m.status === status.segmentEnd ? 'segment-end' : 'block-end'
}
