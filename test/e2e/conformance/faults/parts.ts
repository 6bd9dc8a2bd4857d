import { microOp } from '../../../../shared/machine/src/step/micro-op.ts'
import { opcodeOf } from '../coverage/opcode-names.ts'

const opcodes: Readonly<Record<string, string>> = {
  OspCall: 'STOP CALL CALLCODE RETURN DELEGATECALL STATICCALL REVERT SELFDESTRUCT',
  OspCreate: 'CREATE CREATE2',
  OspState: 'BALANCE EXTCODESIZE EXTCODECOPY EXTCODEHASH BLOCKHASH SELFBALANCE SLOAD SSTORE TLOAD TSTORE',
  OspMem: 'KECCAK256 CALLDATACOPY CODECOPY RETURNDATACOPY MLOAD MSTORE MSTORE8 MCOPY LOG0 LOG1 LOG2 LOG3 LOG4',
}

/** The contract that executes what a record is named after (docs/protocol/machine.md, Micro-ops). */
export function partOf(op: string): string {
  for (const [part, names] of Object.entries(opcodes)) if (names.split(' ').includes(op)) return part
  if (opcodeOf.has(op) || op.startsWith('0x')) return 'OspAlu'
  const number = microOp[op as keyof typeof microOp]
  if (number === undefined) return 'StepVerifier'
  if (number <= microOp.logChunk) return 'OspMem'
  if (number <= microOp.selfdestructCredit) return 'OspCall'
  if (number <= microOp.codeDeposit) return 'OspCreate'
  if (number <= microOp.identityChunk) return 'OspPrecompile'
  if (number === microOp.txLoad || number === microOp.depositLoad) return 'OspTxLoad'
  return number <= microOp.depositMint ? 'OspTx' : 'OspSeal'
}
