import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge } from '../../state/memory.ts'
import { warmSlot } from '../../state/scratch.ts'
import { pop } from '../../state/stack.ts'
import { readOriginalStorage, readStorage, writeStorage } from '../../state/storage.ts'
import { halt } from '../osp-call/halt.ts'
import { COLD_SLOT, WARM } from './access.ts'

const STIPEND = 2_300
const SET = 20_000
const RESET = 2_900
const CLEAR_REFUND = 4_800

/** EIP-2200 with the prices of EIP-2929 and the refunds of EIP-3529. */
export function sstore(m: Machine, f: Frame): undefined {
  if (f.isStatic || f.gas <= STIPEND) return halt(m)
  const slot = pop(f)
  const value = pop(f)
  const current = readStorage(m, f.address, slot)
  const original = current === value ? current : readOriginalStorage(m, f.address, slot)
  const access = warmSlot(m, f.address, slot) ? COLD_SLOT : 0
  if (!charge(f, access + writePrice(original, current, value))) return halt(m)
  if (value === current) return
  m.t.refund += refund(original, current, value)
  writeStorage(m, f.address, slot, value)
}

/** Without the cold access. */
function writePrice(original: bigint, current: bigint, value: bigint): number {
  if (value === current || original !== current) return WARM
  return original === 0n ? SET : RESET
}

/** What the refund counter changes by when `current` becomes another `value`. */
function refund(original: bigint, current: bigint, value: bigint): number {
  if (original === current) return original !== 0n && value === 0n ? CLEAR_REFUND : 0
  let change = 0
  if (original !== 0n) {
    if (current === 0n) change -= CLEAR_REFUND
    else if (value === 0n) change += CLEAR_REFUND
  }
  if (original === value) change += original === 0n ? SET - WARM : RESET - WARM
  return change
}
