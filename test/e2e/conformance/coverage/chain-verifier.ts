import { limits } from '@crema/protocol'
import { config, portal } from '../../../../shared/machine/test/block/support.ts'
import { createRpc } from '../step-proofs/rpc.ts'
import { buildContracts, type DeployedVerifier, deployVerifier, type VerifierConfig } from '../step-proofs/verifier.ts'

const VARIABLE = 'CREMA_CHAIN_VERIFIER'
/** Gas after which an assertion of the tests' chain ends. */
export const maxGas = 10n ** 12n

type Connection = Pick<DeployedVerifier, 'rpc' | 'verifier' | 'batch' | 'mutants' | 'parts'>

/** The constants of the chain that the machine's own tests use. */
export const chainConstants: VerifierConfig = {
  chainId: config.chainId,
  portal,
  blockGasLimit: config.blockGasLimit,
  elasticity: config.elasticityMultiplier,
  denominator: config.baseFeeChangeDenominator,
  minBaseFee: config.minBaseFee,
  maxGas,
  maxBlocks: limits.maxBlocksPerAssertion,
}

/** Builds the verifier and deploys it for that chain; threads that start from now on find it. */
export async function shareChainVerifier(): Promise<DeployedVerifier> {
  buildContracts()
  const deployed = await deployVerifier(chainConstants)
  const { url, verifier, batch, mutants, parts } = deployed
  process.env[VARIABLE] = JSON.stringify({ url, verifier, batch, mutants, parts })
  return deployed
}

/** The verifier that {@link shareChainVerifier} deployed. */
export function connectChainVerifier(): Connection {
  const { url, ...addresses } = JSON.parse(process.env[VARIABLE]!) as Omit<Connection, 'rpc'> & { readonly url: string }
  return { rpc: createRpc(url), ...addresses }
}
