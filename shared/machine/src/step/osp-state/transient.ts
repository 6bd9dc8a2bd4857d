import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { readTransient, writeTransient } from '../../state/scratch.ts'
import { pop, push } from '../../state/stack.ts'
import { halt } from '../osp-call/halt.ts'

export function tload(m: Machine, f: Frame): undefined {
  push(f, readTransient(m, f.address, pop(f)))
}

export function tstore(m: Machine, f: Frame): undefined {
  if (f.isStatic) return halt(m)
  const slot = pop(f)
  writeTransient(m, f.address, slot, pop(f))
}
