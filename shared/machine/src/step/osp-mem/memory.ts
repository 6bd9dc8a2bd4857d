import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { expand, loadWord, storeByte, storeWord } from '../../state/memory.ts'
import { pop, push } from '../../state/stack.ts'
import { halt } from '../osp-call/halt.ts'

export function mload(m: Machine, f: Frame): undefined {
  const offset = pop(f)
  if (!expand(f, offset, 32n)) return halt(m)
  push(f, loadWord(m, f, Number(offset)))
}

export function mstore(m: Machine, f: Frame): undefined {
  const offset = pop(f)
  const word = pop(f)
  if (!expand(f, offset, 32n)) return halt(m)
  storeWord(m, f, Number(offset), word)
}

export function mstore8(m: Machine, f: Frame): undefined {
  const offset = pop(f)
  const word = pop(f)
  if (!expand(f, offset, 1n)) return halt(m)
  storeByte(m, f, Number(offset), Number(word & 0xffn))
}
