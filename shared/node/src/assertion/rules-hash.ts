import { type Address, configHash, type Hash, type RollupConfig } from '@crema/protocol'

/**
 * Rules that assertion ids of the rollup pin, from its configuration: twin of `AssertionChain.configHash`. `verifier` is the one that the parent pinned;
 * by default the configured one.
 */
export function rulesHash(config: RollupConfig, verifier: Address = config.l1Contracts.stepVerifier): Hash {
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
