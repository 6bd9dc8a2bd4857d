import type { Hex } from '@crema/protocol'
import type { Abi } from 'viem'
import { ospAluAbi, ospAluBytecode } from './generated/OspAlu.ts'
import { ospCallAbi, ospCallBytecode } from './generated/OspCall.ts'
import { ospCreateAbi, ospCreateBytecode } from './generated/OspCreate.ts'
import { ospMemAbi, ospMemBytecode } from './generated/OspMem.ts'
import { ospPrecompileAbi, ospPrecompileBytecode } from './generated/OspPrecompile.ts'
import { ospSealAbi, ospSealBytecode } from './generated/OspSeal.ts'
import { ospStateAbi, ospStateBytecode } from './generated/OspState.ts'
import { ospTxAbi, ospTxBytecode } from './generated/OspTx.ts'
import { ospTxLoadAbi, ospTxLoadBytecode } from './generated/OspTxLoad.ts'

/** A contract that executes a family of micro-ops. */
export interface StepPart {
  /** Its name in `StepVerifier.Parts`. */
  readonly name: string
  /** View of the verifier that names it. */
  readonly view: string
  readonly abi: Abi
  readonly bytecode: Hex
}

/** The verifier's parts in the order of their deployment, which is that of `StepVerifier.Parts`. */
export const stepParts: readonly StepPart[] = [
  { name: 'alu', view: 'ALU', abi: ospAluAbi, bytecode: ospAluBytecode },
  { name: 'mem', view: 'MEM', abi: ospMemAbi, bytecode: ospMemBytecode },
  { name: 'state', view: 'STATE', abi: ospStateAbi, bytecode: ospStateBytecode },
  { name: 'call', view: 'CALL', abi: ospCallAbi, bytecode: ospCallBytecode },
  { name: 'create', view: 'CREATE', abi: ospCreateAbi, bytecode: ospCreateBytecode },
  { name: 'precompile', view: 'PRECOMPILE', abi: ospPrecompileAbi, bytecode: ospPrecompileBytecode },
  { name: 'txLoad', view: 'TX_LOAD', abi: ospTxLoadAbi, bytecode: ospTxLoadBytecode },
  { name: 'tx', view: 'TX', abi: ospTxAbi, bytecode: ospTxBytecode },
  { name: 'seal', view: 'SEAL', abi: ospSealAbi, bytecode: ospSealBytecode },
]
