import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { pop, push } from '../../state/stack.ts'
import { maxWord } from '../../state/words.ts'
import { halt } from '../osp-call/halt.ts'

const int = (value: bigint): bigint => BigInt.asIntN(256, value)
const flag = (value: boolean): bigint => (value ? 1n : 0n)

export function lt(_: Machine, f: Frame): undefined {
  const a = pop(f)
  push(f, flag(a < pop(f)))
}

export function gt(_: Machine, f: Frame): undefined {
  const a = pop(f)
  push(f, flag(a > pop(f)))
}

export function slt(_: Machine, f: Frame): undefined {
  const a = pop(f)
  push(f, flag(int(a) < int(pop(f))))
}

export function sgt(_: Machine, f: Frame): undefined {
  const a = pop(f)
  push(f, flag(int(a) > int(pop(f))))
}

export function eq(_: Machine, f: Frame): undefined {
  const a = pop(f)
  push(f, flag(a === pop(f)))
}

export function iszero(_: Machine, f: Frame): undefined {
  push(f, flag(pop(f) === 0n))
}

export function and(_: Machine, f: Frame): undefined {
  push(f, pop(f) & pop(f))
}

export function or(_: Machine, f: Frame): undefined {
  push(f, pop(f) | pop(f))
}

export function xor(_: Machine, f: Frame): undefined {
  push(f, pop(f) ^ pop(f))
}

export function not(_: Machine, f: Frame): undefined {
  push(f, maxWord - pop(f))
}

export function byte(_: Machine, f: Frame): undefined {
  const position = pop(f)
  const word = pop(f)
  push(f, position >= 32n ? 0n : (word >> (8n * (31n - position))) & 0xffn)
}

export function shl(_: Machine, f: Frame): undefined {
  const shift = pop(f)
  const word = pop(f)
  push(f, shift >= 256n ? 0n : BigInt.asUintN(256, word << shift))
}

export function shr(_: Machine, f: Frame): undefined {
  const shift = pop(f)
  const word = pop(f)
  push(f, shift >= 256n ? 0n : word >> shift)
}

export function sar(_: Machine, f: Frame): undefined {
  const shift = pop(f)
  const word = int(pop(f))
  push(f, BigInt.asUintN(256, word >> (shift >= 256n ? 255n : shift)))
}

/** Leading zeros of a word (EIP-7939, Osaka). */
export function clz(m: Machine, f: Frame): undefined {
  if (!m.rules.osaka) return halt(m)
  const word = pop(f)
  push(f, word === 0n ? 256n : BigInt(256 - word.toString(2).length))
}
