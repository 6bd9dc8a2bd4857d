import type { BlockState } from './assertion.ts'
import type { Address, Hash } from './hex.ts'
import type { Origin } from './inbox.ts'

/** Addresses of the rollup's contracts on L1. */
export interface L1Contracts {
  readonly committeeRegistry: Address
  readonly laneRegistry: Address
  readonly stepVerifier: Address
  readonly inbox: Address
  readonly portal: Address
  readonly assertionChain: Address
  readonly bondVault: Address
  readonly guardianPause: Address
  readonly gameFacade: Address
  readonly disputeManager: Address
  readonly verifierSchedule: Address
  readonly multicall3: Address
}

/** An account of the L2 genesis. Storage keys and values are 32 bytes. */
export interface GenesisAccount {
  readonly balance?: bigint
  readonly nonce?: bigint
  readonly code?: `0x${string}`
  readonly storage?: Readonly<Record<Hash, Hash>>
}

/** Consensus parameters of the L2 itself: everything that execution depends on besides its inputs. */
export interface L2ChainConfig {
  /** Also the lane; fits 32 bits. */
  readonly chainId: bigint
  /** Gas limit of every block. */
  readonly blockGasLimit: bigint
  /** Least base fee in wei. */
  readonly minBaseFee: bigint
  /** EIP-1559 constants. */
  readonly elasticityMultiplier: bigint
  readonly baseFeeChangeDenominator: bigint
}

/** L2 genesis: a geth-style allocation and the header fields that are not fixed. */
export interface L2Genesis {
  readonly number: bigint
  /** Seconds. */
  readonly timestamp: bigint
  /** Wei. */
  readonly baseFee: bigint
  readonly alloc: Readonly<Record<Address, GenesisAccount>>
}

/** All that a node needs to derive the chain from L1 and the sequencer. */
export interface RollupConfig {
  readonly l1ChainId: bigint
  readonly l1Contracts: L1Contracts
  /** L1 block whose successors hold every event of the rollup. */
  readonly l1StartBlock: bigint
  readonly l2: L2ChainConfig
  readonly genesis: L2Genesis
  readonly genesisState: BlockState
  readonly genesisOrigin: Origin
  readonly setId: Hash
  /** Seconds. */
  readonly challengePeriod: bigint
  readonly gracePeriod: bigint
  readonly forceDelay: bigint
  readonly minAssertionPeriod: bigint
  /** Wei. */
  readonly stake: bigint
  readonly maxBlocksPerAssertion: bigint
  /** Gas after which an assertion ends (G_A). */
  readonly maxGasPerAssertion: bigint
}
