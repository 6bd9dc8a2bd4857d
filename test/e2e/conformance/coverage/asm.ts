import type { Hex } from '@crema/protocol'
import { opcodeOf } from './opcode-names.ts'

/**
 * Assembles a program of mnemonics, numbers (pushed by the shortest PUSH) and raw bytes (`#` and hex). `name:` is a JUMPDEST and `@name` pushes where it
 * is; `;` ends a line's code. Throws for any other token.
 */
export function asm(source: string): Hex {
  const tokens = source
    .split('\n')
    .flatMap((line) => line.split(';')[0]!.split(/\s+/))
    .filter((token) => token !== '')
  const labels = new Map<string, number>()
  let at = 0
  for (const token of tokens) {
    if (token.endsWith(':')) labels.set(token.slice(0, -1), at)
    at += encode(token, () => 0).length / 2
  }
  return `0x${tokens.map((token) => encode(token, (name) => find(labels, name))).join('')}`
}

/** Number of bytes of code. */
export function sizeOf(code: Hex): number {
  return code.length / 2 - 1
}

function encode(token: string, label: (name: string) => number): string {
  if (token.endsWith(':')) return '5b'
  if (token.startsWith('#')) return token.slice(1)
  if (token.startsWith('@')) return `61${label(token.slice(1)).toString(16).padStart(4, '0')}`
  if (/^\d/.test(token)) return push(BigInt(token))
  const op = opcodeOf.get(token)
  if (op === undefined) throw new Error(`no opcode ${token}`)
  return op.toString(16).padStart(2, '0')
}

function push(value: bigint): string {
  if (value === 0n) return '5f'
  const digits = value.toString(16)
  const bytes = Math.ceil(digits.length / 2)
  return `${(0x5f + bytes).toString(16)}${digits.padStart(2 * bytes, '0')}`
}

function find(labels: ReadonlyMap<string, number>, name: string): number {
  const at = labels.get(name)
  if (at === undefined) throw new Error(`no label ${name}`)
  return at
}
