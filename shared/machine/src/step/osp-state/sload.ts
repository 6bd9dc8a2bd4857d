import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge } from '../../state/memory.ts'
import { warmSlot } from '../../state/scratch.ts'
import { pop, push } from '../../state/stack.ts'
import { readStorage } from '../../state/storage.ts'
import { halt } from '../osp-call/halt.ts'
import { COLD_SLOT, WARM } from './access.ts'

/** 100 gas for a warm slot, 2,100 for a cold one (EIP-2929). */
export function sload(m: Machine, f: Frame): undefined {
  const slot = pop(f)
  if (!charge(f, warmSlot(m, f.address, slot) ? COLD_SLOT : WARM)) return halt(m)
  push(f, readStorage(m, f.address, slot))
}
