import { type Hex, limits } from '@crema/protocol'
import { createRpc } from './rpc.ts'
import { buildContracts, type DeployedVerifier, deployVerifier } from './verifier.ts'

const VARIABLE = 'CREMA_STEP_VERIFIER'
const portal: Hex = '0x4200000000000000000000000000000000000099'

/** Builds and deploys the verifier; threads that start from now on find it. */
export async function shareVerifier(): Promise<void> {
  buildContracts()
  const { url, verifier, batch, mutants } = await deployVerifier({
    chainId: 1n,
    portal,
    blockGasLimit: 30_000_000n,
    elasticity: 2n,
    denominator: 8n,
    minBaseFee: 1n,
    maxGas: 2n ** 63n,
    maxBlocks: limits.maxBlocksPerAssertion,
  })
  process.env[VARIABLE] = JSON.stringify({ url, verifier, batch, mutants })
}

/** The verifier that {@link shareVerifier} deployed. */
export function connectVerifier(): Pick<DeployedVerifier, 'rpc' | 'verifier' | 'batch' | 'mutants'> {
  const { url, ...addresses } = JSON.parse(process.env[VARIABLE]!) as Record<
    'url' | 'verifier' | 'batch' | 'mutants',
    Hex
  >
  return { rpc: createRpc(url), ...addresses }
}
