import type { Address, GenesisAccount, Hash, RollupConfig } from '@crema/protocol'

const address = (digit: string): Address => `0x${digit.repeat(40)}`
const zero: Hash = `0x${'00'.repeat(32)}`

/** A configuration for tests; what execution does not read is arbitrary. */
export function rollupConfig(alloc: Readonly<Record<Address, GenesisAccount>>): RollupConfig {
  return {
    l1ChainId: 31_337n,
    l1Contracts: {
      committeeRegistry: address('1'),
      laneRegistry: address('2'),
      stepVerifier: address('a'),
      inbox: address('3'),
      portal: address('4'),
      assertionChain: address('5'),
      bondVault: address('6'),
      guardianPause: address('7'),
      gameFacade: address('8'),
      disputeManager: address('b'),
      verifierSchedule: address('c'),
      multicall3: address('9'),
    },
    l1StartBlock: 0n,
    l2: {
      chainId: 4_242n,
      blockGasLimit: 30_000_000n,
      minBaseFee: 1_000_000n,
      elasticityMultiplier: 2n,
      baseFeeChangeDenominator: 8n,
    },
    genesis: { number: 0n, timestamp: 1_700_000_000n, baseFee: 1_000_000_000n, alloc },
    genesisState: {
      number: 0n,
      blockHash: zero,
      stateRoot: zero,
      withdrawalsRoot: zero,
      inboxCount: 0n,
      gasSinceAssertionStart: 0n,
      status: 0,
    },
    genesisOrigin: { number: 0n, hash: zero, timestamp: 1_700_000_000n, baseFee: 7n, mixHash: zero },
    setId: zero,
    challengePeriod: 60n,
    gracePeriod: 2n,
    forceDelay: 60n,
    minAssertionPeriod: 1n,
    stake: 1n,
    maxBlocksPerAssertion: 4_096n,
    maxGasPerAssertion: 1_000_000_000n,
  }
}
