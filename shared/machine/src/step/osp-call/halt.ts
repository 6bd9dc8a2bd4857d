import type { Machine } from '../../state/machine.ts'
import { restoreSnapshot } from '../../state/snapshot.ts'
import { leave } from './leave.ts'

const nothing = new Uint8Array(0)

/**
 * Exceptional end of the running frame: its gas is gone, its changes are undone, nothing is returned. All causes (gas, stack, jump, static call,
 * invalid opcode) lead to the same state.
 */
export function halt(m: Machine): undefined {
  restoreSnapshot(m, m.f.snapshot)
  leave(m, false, 0, nothing)
}
