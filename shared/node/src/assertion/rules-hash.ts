import { type Address, configHash, type Hash, type RollupConfig } from '@crema/protocol'

/**
 * Rules that ids of a parent's children pin: the rollup's, and the step verifier that the parent pinned. With the one in force, twin of
 * `AssertionChain.configHash`.
 */
export function rulesHash(config: RollupConfig, verifier: Address): Hash {
  return configHash({
    l1ChainId: config.l1ChainId,
    inbox: config.l1Contracts.inbox,
    lane: config.l2.chainId,
    disputeManager: config.l1Contracts.disputeManager,
    verifier,
    challengePeriod: config.challengePeriod,
    gracePeriod: config.gracePeriod,
    stake: config.stake,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
    minAssertionPeriod: config.minAssertionPeriod,
  })
}
