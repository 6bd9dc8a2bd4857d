/** Mnemonics of Osaka's instructions by their first byte; rows of consecutive ones. */
const rows: readonly (readonly [first: number, names: string])[] = [
  [0x00, 'STOP ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD EXP SIGNEXTEND'],
  [0x10, 'LT GT SLT SGT EQ ISZERO AND OR XOR NOT BYTE SHL SHR SAR CLZ'],
  [0x20, 'KECCAK256'],
  [0x30, 'ADDRESS BALANCE ORIGIN CALLER CALLVALUE CALLDATALOAD CALLDATASIZE CALLDATACOPY CODESIZE CODECOPY'],
  [0x3a, 'GASPRICE EXTCODESIZE EXTCODECOPY RETURNDATASIZE RETURNDATACOPY EXTCODEHASH'],
  [0x40, 'BLOCKHASH COINBASE TIMESTAMP NUMBER PREVRANDAO GASLIMIT CHAINID SELFBALANCE BASEFEE BLOBHASH BLOBBASEFEE'],
  [0x50, 'POP MLOAD MSTORE MSTORE8 SLOAD SSTORE JUMP JUMPI PC MSIZE GAS JUMPDEST TLOAD TSTORE MCOPY'],
  [0x5f, Array.from({ length: 33 }, (_, i) => `PUSH${i}`).join(' ')],
  [0x80, Array.from({ length: 16 }, (_, i) => `DUP${i + 1}`).join(' ')],
  [0x90, Array.from({ length: 16 }, (_, i) => `SWAP${i + 1}`).join(' ')],
  [0xa0, 'LOG0 LOG1 LOG2 LOG3 LOG4'],
  [0xf0, 'CREATE CALL CALLCODE RETURN DELEGATECALL CREATE2'],
  [0xfa, 'STATICCALL'],
  [0xfd, 'REVERT INVALID SELFDESTRUCT'],
]

const names = new Map(rows.flatMap(([first, row]) => row.split(' ').map((name, i) => [first + i, name] as const)))

/** Name of an instruction; what Osaka does not define is INVALID. */
export function opcodeName(op: number): string {
  return names.get(op) ?? 'INVALID'
}

/** All instructions that have a name. */
export const opcodes: readonly number[] = [...names.keys()]
