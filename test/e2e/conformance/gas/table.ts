import type { Snapshot } from './measure-all.ts'
import { opcodeName } from './opcode-names.ts'

/** Rows of many instructions that differ by little: the dearest of them is shown. All others have a row of their own. */
const groups: readonly (readonly [title: string, firstAndLast: readonly (readonly [number, number])[]])[] = [
  ['arithmetic, comparison, bits', [[0x01, 0x1e]]],
  [
    'environment, block',
    [
      [0x30, 0x30],
      [0x32, 0x34],
      [0x36, 0x36],
      [0x38, 0x38],
      [0x3a, 0x3a],
      [0x3d, 0x3d],
      [0x41, 0x46],
      [0x48, 0x4a],
    ],
  ],
  [
    'POP, PC, MSIZE, GAS, JUMPDEST',
    [
      [0x50, 0x50],
      [0x58, 0x5b],
    ],
  ],
  ['PUSH0 … PUSH32', [[0x5f, 0x7f]]],
  ['DUP1 … DUP16, SWAP1 … SWAP16', [[0x80, 0x9f]]],
  [
    'the copies',
    [
      [0x37, 0x37],
      [0x39, 0x39],
      [0x3e, 0x3e],
      [0x5e, 0x5e],
    ],
  ],
  ['LOG0 … LOG4', [[0xa0, 0xa4]]],
  ['JUMP, JUMPI', [[0x56, 0x57]]],
  ['MLOAD, MSTORE, MSTORE8', [[0x51, 0x53]]],
  [
    'STOP, INVALID',
    [
      [0x00, 0x00],
      [0xfe, 0xfe],
    ],
  ],
]

/** The table of docs/protocol/machine.md. */
export function gasTable(costs: Snapshot): string {
  const grouped = groups.map(
    ([title, ranges]) => [title, ranges.flatMap(namesOf).filter((name) => name in costs)] as const,
  )
  const inGroup = new Set(grouped.flatMap(([, names]) => names))
  const single = Object.keys(costs).filter((name) => !inGroup.has(name))
  const isMicroOp = (name: string): boolean => name !== name.toUpperCase()
  const rows = [
    ...grouped,
    ...single
      .filter((name) => !isMicroOp(name))
      .sort()
      .map((name) => [name, [name]] as const),
    ...single
      .filter(isMicroOp)
      .sort()
      .map((name) => [`\`${name}\``, [name]] as const),
  ]
  const lines = rows.map(([title, names]) => row(title, names, costs))
  return `| step | typical | bytes | worst | bytes |\n|---|---|---|---|---|\n${lines.join('\n')}\n`
}

function row(title: string, names: readonly string[], costs: Snapshot): string {
  const largest = (of: (name: string) => number | undefined): string => {
    const values = names.map(of).filter((value) => value !== undefined)
    return values.length === 0 ? '' : Math.max(...values).toLocaleString('en-US')
  }
  const cells = [
    largest((name) => costs[name]!.typical?.gas),
    largest((name) => costs[name]!.typical?.bytes),
    largest((name) => costs[name]!.worst.gas),
    largest((name) => costs[name]!.worst.bytes),
  ]
  return `| ${title} | ${cells.join(' | ')} |`
}

function namesOf([first, last]: readonly [number, number]): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => opcodeName(first + i))
}
