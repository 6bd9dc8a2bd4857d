import type { Address, L2ChainConfig } from '@crema/protocol'

/** What a step verifier knows of the rollup: the argument of OspSeal's constructor (contracts/src/step/osp-seal/ChainConstants.sol). */
export interface ChainConstants {
  readonly chainId: bigint
  readonly portal: Address
  readonly blockGasLimit: bigint
  readonly elasticity: bigint
  readonly denominator: bigint
  /** Wei. */
  readonly minBaseFee: bigint
  /** Gas after which an assertion ends. */
  readonly maxGas: bigint
  /** Blocks after which an assertion ends. */
  readonly maxBlocks: bigint
}

/** The constants of a rollup. */
export function chainConstants(
  l2: L2ChainConfig,
  portal: Address,
  limits: { readonly maxGasPerAssertion: bigint; readonly maxBlocksPerAssertion: bigint },
): ChainConstants {
  return {
    chainId: l2.chainId,
    portal,
    blockGasLimit: l2.blockGasLimit,
    elasticity: l2.elasticityMultiplier,
    denominator: l2.baseFeeChangeDenominator,
    minBaseFee: l2.minBaseFee,
    maxGas: limits.maxGasPerAssertion,
    maxBlocks: limits.maxBlocksPerAssertion,
  }
}
