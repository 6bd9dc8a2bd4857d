import { maxStack, minStack } from '../../../../../shared/machine/src/step/opcodes.ts'
import { opcodeNames } from '../opcode-names.ts'
import type { Case } from '../scene.ts'
import { below, calling } from './calling.ts'

const hex = (op: number): string => `#${op.toString(16).padStart(2, '0')}`

/** Opcodes that write and so may not run in a static call. */
const writing = [0x55, 0x5d, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xf0, 0xf1, 0xf5, 0xff]

/** Every opcode: it succeeds on words of 1, finds too few words, too many, or a static frame; what is no opcode halts. */
export function genericCases(): Case[] {
  const cases: Case[] = []
  for (const [op, name] of opcodeNames.entries()) {
    if (name === undefined) {
      cases.push(calling(`0x${op.toString(16)}`, hex(op)))
      continue
    }
    const words = minStack[op]!
    cases.push(calling(`${name} of ones`, `${'1 '.repeat(words)} ${hex(op)} STOP`))
    if (words > 0) cases.push(calling(`${name} of too few words`, `${'1 '.repeat(words - 1)} ${hex(op)}`))
    if (maxStack[op]! < 1_024) cases.push(calling(`${name} onto a full stack`, `${'1 '.repeat(1_024)} ${hex(op)}`))
    if (writing.includes(op))
      cases.push(below(`${name} in a static call`, `${'1 '.repeat(words)} ${hex(op)}`, 'STATICCALL'))
  }
  return cases
}
