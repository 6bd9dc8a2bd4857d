/** Mnemonics of Osaka's opcodes. */
const runs: readonly (readonly [first: number, names: string])[] = [
  [0x00, 'STOP ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD EXP SIGNEXTEND'],
  [0x10, 'LT GT SLT SGT EQ ISZERO AND OR XOR NOT BYTE SHL SHR SAR CLZ'],
  [0x20, 'KECCAK256'],
  [0x30, 'ADDRESS BALANCE ORIGIN CALLER CALLVALUE CALLDATALOAD CALLDATASIZE CALLDATACOPY CODESIZE CODECOPY GASPRICE'],
  [0x3b, 'EXTCODESIZE EXTCODECOPY RETURNDATASIZE RETURNDATACOPY EXTCODEHASH'],
  [0x40, 'BLOCKHASH COINBASE TIMESTAMP NUMBER PREVRANDAO GASLIMIT CHAINID SELFBALANCE BASEFEE BLOBHASH BLOBBASEFEE'],
  [0x50, 'POP MLOAD MSTORE MSTORE8 SLOAD SSTORE JUMP JUMPI PC MSIZE GAS JUMPDEST TLOAD TSTORE MCOPY PUSH0'],
  [0x60, Array.from({ length: 32 }, (_, i) => `PUSH${i + 1}`).join(' ')],
  [0x80, Array.from({ length: 16 }, (_, i) => `DUP${i + 1}`).join(' ')],
  [0x90, Array.from({ length: 16 }, (_, i) => `SWAP${i + 1}`).join(' ')],
  [0xa0, 'LOG0 LOG1 LOG2 LOG3 LOG4'],
  [0xf0, 'CREATE CALL CALLCODE RETURN DELEGATECALL CREATE2'],
  [0xfa, 'STATICCALL'],
  [0xfd, 'REVERT'],
  [0xff, 'SELFDESTRUCT'],
]

/** By opcode; undefined for what Osaka does not define. */
export const opcodeNames: readonly (string | undefined)[] = Array.from({ length: 256 }, (_, op) => nameOf(op))

/** By mnemonic. */
export const opcodeOf: ReadonlyMap<string, number> = new Map(
  opcodeNames.flatMap((name, op) => (name === undefined ? [] : [[name, op] as const])),
)

function nameOf(op: number): string | undefined {
  for (const [first, names] of runs) {
    const list = names.split(' ')
    if (op >= first && op < first + list.length) return list[op - first]
  }
  return undefined
}
