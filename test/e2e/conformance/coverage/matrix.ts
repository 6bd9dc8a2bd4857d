import { baseGas, maxStack, minStack } from '../../../../shared/machine/src/step/opcodes.ts'
import { opcodeNames } from './opcode-names.ts'

/** Columns of the matrix; `far` is memory beyond all that gas pays for. */
export const columns = [
  'success',
  'underflow',
  'overflow',
  'base',
  'memory',
  'far',
  'dynamic',
  'access',
  'write',
  'value',
  'new account',
  'static',
] as const
type Column = (typeof columns)[number]

const columnsOf: Readonly<Record<string, readonly Column[]>> = {
  EXP: ['dynamic'],
  KECCAK256: ['memory', 'far', 'dynamic'],
  CALLDATACOPY: ['memory', 'far', 'dynamic'],
  CODECOPY: ['memory', 'far', 'dynamic'],
  RETURNDATACOPY: ['memory', 'far', 'dynamic'],
  EXTCODECOPY: ['access', 'memory', 'far', 'dynamic'],
  MCOPY: ['memory', 'far', 'dynamic'],
  MLOAD: ['memory', 'far'],
  MSTORE: ['memory', 'far'],
  MSTORE8: ['memory', 'far'],
  RETURN: ['memory', 'far'],
  REVERT: ['memory', 'far'],
  BALANCE: ['access'],
  EXTCODESIZE: ['access'],
  EXTCODEHASH: ['access'],
  SLOAD: ['access'],
  SSTORE: ['write', 'static'],
  TSTORE: ['static'],
  CREATE: ['memory', 'far', 'dynamic', 'static'],
  CREATE2: ['memory', 'far', 'dynamic', 'static'],
  CALL: ['memory', 'far', 'access', 'value', 'new account', 'static'],
  CALLCODE: ['memory', 'far', 'access', 'value'],
  DELEGATECALL: ['memory', 'far', 'access'],
  STATICCALL: ['memory', 'far', 'access'],
  SELFDESTRUCT: ['access', 'new account', 'static'],
  LOG0: ['memory', 'far', 'dynamic', 'static'],
  LOG1: ['memory', 'far', 'dynamic', 'static'],
  LOG2: ['memory', 'far', 'dynamic', 'static'],
  LOG3: ['memory', 'far', 'dynamic', 'static'],
  LOG4: ['memory', 'far', 'dynamic', 'static'],
}

/** The cells that each opcode of Osaka has, and `invalid` for every other. */
export const matrixCells: readonly string[] = opcodeNames.flatMap((name, op) => cellsOf(name, op))

function cellsOf(name: string | undefined, op: number): string[] {
  if (name === undefined) return [invalidCell(op)]
  const applies: Column[] = ['success', ...(columnsOf[name] ?? [])]
  if (minStack[op]! > 0) applies.push('underflow')
  if (maxStack[op]! < 1024) applies.push('overflow')
  if (baseGas[op]! > 0) applies.push('base')
  return applies.map((column) => `${name}|${column}`)
}

/** Cell of an opcode that Osaka does not define. */
export function invalidCell(op: number): string {
  return `0x${op.toString(16).padStart(2, '0')}|invalid`
}

/** The matrix as text: a row for each opcode, `x` hit, `-` not hit, blank where there is no such outcome. */
export function printMatrix(hit: ReadonlySet<string>): string {
  const cells = new Set(matrixCells)
  const rows = opcodeNames.flatMap((name) => (name === undefined ? [] : [row(name, cells, hit)]))
  const undefinedOps = opcodeNames.flatMap((name, op) => (name === undefined ? [invalidCell(op)] : []))
  const hits = undefinedOps.filter((cell) => hit.has(cell)).length
  return [
    `${''.padEnd(15)}${columns.join('  ')}`,
    ...rows,
    `undefined opcodes that halt: ${hits} of ${undefinedOps.length}`,
  ].join('\n')
}

function row(name: string, cells: ReadonlySet<string>, hit: ReadonlySet<string>): string {
  const marks = columns.map((column) => {
    const cell = `${name}|${column}`
    const mark = cells.has(cell) ? (hit.has(cell) ? 'x' : '-') : ' '
    return mark.padEnd(column.length + 2)
  })
  return `${name.padEnd(15)}${marks.join('')}`.trimEnd()
}
