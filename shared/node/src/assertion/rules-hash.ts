import { configHash, type Hash, type RollupConfig } from '@crema/protocol'

/** Rules that every assertion id of the rollup pins, from its configuration: twin of `AssertionChain.configHash`. */
export function rulesHash(config: RollupConfig): Hash {
  return configHash({
    l1ChainId: config.l1ChainId,
    inbox: config.l1Contracts.inbox,
    lane: config.l2.chainId,
    challengePeriod: config.challengePeriod,
    stake: config.stake,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
    minAssertionPeriod: config.minAssertionPeriod,
  })
}
