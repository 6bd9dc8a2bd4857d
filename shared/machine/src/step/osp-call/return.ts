import { type Frame, kind } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { expand, memorySlice } from '../../state/memory.ts'
import { restoreSnapshot } from '../../state/snapshot.ts'
import { pop } from '../../state/stack.ts'
import { microOp } from '../micro-op.ts'
import { halt } from './halt.ts'
import { leave } from './leave.ts'

const nothing = new Uint8Array(0)

/** STOP and the end of the code. A creation that stops here has empty code. */
export function stop(m: Machine, f: Frame): undefined {
  leave(m, true, f.gas, nothing)
}

/** RETURN. What a creation returns is its code: see codeDeposit. */
export function ret(m: Machine, f: Frame): undefined {
  const offset = pop(f)
  const length = pop(f)
  if (!expand(f, offset, length)) return halt(m)
  const output = memorySlice(f, offset, length)
  if (f.kind < kind.create) return leave(m, true, f.gas, output)
  m.x.op = microOp.codeDeposit
  m.x.source = output
}

/** REVERT: changes are undone, gas and data are kept (EIP-140). */
export function revert(m: Machine, f: Frame): undefined {
  const offset = pop(f)
  const length = pop(f)
  if (!expand(f, offset, length)) return halt(m)
  restoreSnapshot(m, f.snapshot)
  leave(m, false, f.gas, memorySlice(f, offset, length))
}
