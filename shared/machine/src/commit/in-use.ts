import { type Machine, status } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'

/** Whether section T is in use: from after txLoad or depositLoad to the end of the segment. */
export function hasTransaction({ status: at, steps, x: { op } }: Machine): boolean {
  return at === status.running && steps > 0 && (op < microOp.blockBegin || op > microOp.sealHeader)
}
