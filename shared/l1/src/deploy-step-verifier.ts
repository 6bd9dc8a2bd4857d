import type { Address } from '@crema/protocol'
import { getContractAddress } from 'viem'
import type { DeployRollupParameters } from './deploy-rollup.ts'
import type { DeployedContracts } from './deployment-addresses.ts'
import type { DeploymentSender } from './deployment-sender.ts'
import { ospAluAbi, ospAluBytecode } from './generated/OspAlu.ts'
import { ospCallAbi, ospCallBytecode } from './generated/OspCall.ts'
import { ospCreateAbi, ospCreateBytecode } from './generated/OspCreate.ts'
import { ospMemAbi, ospMemBytecode } from './generated/OspMem.ts'
import { ospPrecompileAbi, ospPrecompileBytecode } from './generated/OspPrecompile.ts'
import { ospSealAbi, ospSealBytecode } from './generated/OspSeal.ts'
import { ospStateAbi, ospStateBytecode } from './generated/OspState.ts'
import { ospTxAbi, ospTxBytecode } from './generated/OspTx.ts'
import { ospTxLoadAbi, ospTxLoadBytecode } from './generated/OspTxLoad.ts'
import { stepVerifierAbi, stepVerifierBytecode } from './generated/StepVerifier.ts'

/**
 * Deploys the step verifier for one rollup: its nine parts with the nonces from `firstNonce` on, then the entry that names them. Throws as
 * the sender does.
 */
export async function deployStepVerifier(
  sender: DeploymentSender,
  { portal }: DeployedContracts,
  from: Address,
  firstNonce: number,
  parameters: DeployRollupParameters,
): Promise<void> {
  const constants = {
    chainId: parameters.l2ChainId,
    portal,
    blockGasLimit: parameters.l2BlockGasLimit,
    elasticity: parameters.l2Elasticity,
    denominator: parameters.l2BaseFeeChangeDenominator,
    minBaseFee: parameters.l2MinBaseFee,
    maxGas: parameters.maxGasPerAssertion,
    maxBlocks: parameters.maxBlocksPerAssertion,
  }
  await sender.deployAll([
    [ospAluAbi, ospAluBytecode, []],
    [ospMemAbi, ospMemBytecode, []],
    [ospStateAbi, ospStateBytecode, []],
    [ospCallAbi, ospCallBytecode, []],
    [ospCreateAbi, ospCreateBytecode, []],
    [ospPrecompileAbi, ospPrecompileBytecode, []],
    [ospTxLoadAbi, ospTxLoadBytecode, []],
    [ospTxAbi, ospTxBytecode, []],
    [ospSealAbi, ospSealBytecode, [constants]],
  ])
  const at = (offset: number): Address => getContractAddress({ from, nonce: BigInt(firstNonce + offset) })
  await sender.deploy(stepVerifierAbi, stepVerifierBytecode, [
    {
      alu: at(0),
      mem: at(1),
      state: at(2),
      call: at(3),
      create: at(4),
      precompile: at(5),
      txLoad: at(6),
      tx: at(7),
      seal: at(8),
    },
  ])
}
