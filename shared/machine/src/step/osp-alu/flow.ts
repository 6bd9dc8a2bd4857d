import { isJumpdest, pushedWord } from '../../state/analysis.ts'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { peek, poke, pop, push } from '../../state/stack.ts'
import type { OpcodeHandler } from '../handler.ts'
import { halt } from '../osp-call/halt.ts'

export function popWord(_: Machine, f: Frame): undefined {
  pop(f)
}

export function jump(m: Machine, f: Frame): undefined {
  jumpTo(m, f, pop(f))
}

export function jumpi(m: Machine, f: Frame): undefined {
  const target = pop(f)
  if (pop(f) !== 0n) jumpTo(m, f, target)
}

function jumpTo(m: Machine, f: Frame, target: bigint): undefined {
  if (target >= BigInt(f.code.length) || !isJumpdest(f.analysis, Number(target))) return halt(m)
  f.pc = Number(target)
}

export function jumpdest(): undefined {}

export function pc(_: Machine, f: Frame): undefined {
  push(f, BigInt(f.pc - 1))
}

export function gas(_: Machine, f: Frame): undefined {
  push(f, BigInt(f.gas))
}

export function push0(_: Machine, f: Frame): undefined {
  push(f, 0n)
}

const small = Array.from({ length: 256 }, (_, i) => BigInt(i))

export function push1(_: Machine, f: Frame): undefined {
  push(f, f.pc < f.code.length ? small[f.code[f.pc]!]! : 0n)
  f.pc++
}

/** PUSH2 to PUSH32; bytes beyond the code are zero. */
export function pushN(size: number): OpcodeHandler {
  return (_, f) => {
    push(f, pushedWord(f.analysis, f.pc - 1, size))
    f.pc += size
  }
}

/** DUP1 to DUP16. */
export function dupN(depth: number): OpcodeHandler {
  return (_, f) => push(f, peek(f, depth - 1))
}

/** SWAP1 to SWAP16. */
export function swapN(depth: number): OpcodeHandler {
  return (_, f) => {
    const word = peek(f, depth)
    poke(f, depth, peek(f, 0))
    poke(f, 0, word)
  }
}
