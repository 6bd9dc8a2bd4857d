import { configHash, type Hash, type RollupConfig } from '@crema/protocol'

/**
 * Rules that assertion ids of the rollup pin, from its configuration: twin of `AssertionChain.configHash`. Ids under a verifier that
 * came into force later differ until the configuration names it.
 */
export function rulesHash(config: RollupConfig): Hash {
  return configHash({
    l1ChainId: config.l1ChainId,
    inbox: config.l1Contracts.inbox,
    lane: config.l2.chainId,
    disputeManager: config.l1Contracts.disputeManager,
    verifier: config.l1Contracts.stepVerifier,
    challengePeriod: config.challengePeriod,
    gracePeriod: config.gracePeriod,
    stake: config.stake,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
    minAssertionPeriod: config.minAssertionPeriod,
  })
}
