import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge } from '../../state/memory.ts'
import { pop, push } from '../../state/stack.ts'
import { halt } from '../osp-call/halt.ts'

const uint = (value: bigint): bigint => BigInt.asUintN(256, value)
const int = (value: bigint): bigint => BigInt.asIntN(256, value)

export function add(_: Machine, f: Frame): undefined {
  push(f, uint(pop(f) + pop(f)))
}

export function mul(_: Machine, f: Frame): undefined {
  push(f, uint(pop(f) * pop(f)))
}

export function sub(_: Machine, f: Frame): undefined {
  push(f, uint(pop(f) - pop(f)))
}

export function div(_: Machine, f: Frame): undefined {
  const a = pop(f)
  const b = pop(f)
  push(f, b === 0n ? 0n : a / b)
}

export function sdiv(_: Machine, f: Frame): undefined {
  const a = int(pop(f))
  const b = int(pop(f))
  push(f, b === 0n ? 0n : uint(a / b))
}

export function mod(_: Machine, f: Frame): undefined {
  const a = pop(f)
  const b = pop(f)
  push(f, b === 0n ? 0n : a % b)
}

export function smod(_: Machine, f: Frame): undefined {
  const a = int(pop(f))
  const b = int(pop(f))
  push(f, b === 0n ? 0n : uint(a % b))
}

export function addmod(_: Machine, f: Frame): undefined {
  const sum = pop(f) + pop(f)
  const n = pop(f)
  push(f, n === 0n ? 0n : sum % n)
}

export function mulmod(_: Machine, f: Frame): undefined {
  const product = pop(f) * pop(f)
  const n = pop(f)
  push(f, n === 0n ? 0n : product % n)
}

/** 50 gas for each byte of the exponent (EIP-160). */
export function exp(m: Machine, f: Frame): undefined {
  const base = pop(f)
  const exponent = pop(f)
  const bytes = exponent === 0n ? 0 : Math.ceil(exponent.toString(16).length / 2)
  if (!charge(f, 50 * bytes)) return halt(m)
  push(f, power(base, exponent))
}

function power(base: bigint, exponent: bigint): bigint {
  if (base === 2n) return exponent < 256n ? 1n << exponent : 0n
  let result = 1n
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = uint(result * base)
    base = uint(base * base)
  }
  return result
}

export function signextend(_: Machine, f: Frame): undefined {
  const size = pop(f)
  const word = pop(f)
  push(f, size >= 31n ? word : uint(BigInt.asIntN(8 * (Number(size) + 1), word)))
}
