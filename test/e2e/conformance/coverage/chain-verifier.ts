import { type Hex, limits } from '@crema/protocol'
import { config, portal } from '../../../../shared/machine/test/block/support.ts'
import { createRpc } from '../step-proofs/rpc.ts'
import { buildContracts, type DeployedVerifier, deployVerifier } from '../step-proofs/verifier.ts'

const VARIABLE = 'CREMA_CHAIN_VERIFIER'
/** Gas after which an assertion of the tests' chain ends. */
export const maxGas = 10n ** 12n

type Names = 'url' | 'verifier' | 'batch' | 'mutants'

/** Builds the verifier and deploys it for the chain that the machine's own tests use; threads that start from now on find it. */
export async function shareChainVerifier(): Promise<DeployedVerifier> {
  buildContracts()
  const deployed = await deployVerifier({
    chainId: config.chainId,
    portal,
    blockGasLimit: config.blockGasLimit,
    elasticity: config.elasticityMultiplier,
    denominator: config.baseFeeChangeDenominator,
    minBaseFee: config.minBaseFee,
    maxGas,
    maxBlocks: limits.maxBlocksPerAssertion,
  })
  const { url, verifier, batch, mutants } = deployed
  process.env[VARIABLE] = JSON.stringify({ url, verifier, batch, mutants })
  return deployed
}

/** The verifier that {@link shareChainVerifier} deployed. */
export function connectChainVerifier(): Pick<DeployedVerifier, 'rpc' | 'verifier' | 'batch' | 'mutants'> {
  const { url, ...addresses } = JSON.parse(process.env[VARIABLE]!) as Record<Names, Hex>
  return { rpc: createRpc(url), ...addresses }
}
