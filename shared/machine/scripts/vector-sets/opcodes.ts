import { columns, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import { baseGas, maxStack, minStack } from '../../src/step/opcodes.ts'

/** What each of the 256 opcodes costs before anything else, and how many words must and may be on the stack. */
export function opcodeVectors(): Vectors {
  return columns(
    Array.from({ length: 256 }, (_, opcode) => ({
      baseGas: baseGas[opcode]!,
      minStack: minStack[opcode]!,
      maxStack: maxStack[opcode]!,
    })),
  )
}
