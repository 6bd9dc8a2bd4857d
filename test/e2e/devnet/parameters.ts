import type { Address, GenesisAccount } from '@crema/protocol'

/** What makes one development network differ from another. */
export interface NetworkParameters {
  readonly l1ChainId: number
  readonly l2ChainId: bigint
  /** Seconds between L1 blocks. */
  readonly l1BlockTime: number
  /** Milliseconds between sequencer blocks; 0 makes one as soon as something waits. */
  readonly blockTimeMs: number
  readonly committeeSize: number
  /** Seconds. */
  readonly challengePeriod: bigint
  readonly forceDelay: bigint
  readonly minAssertionPeriod: bigint
  readonly assertionInterval: number
  /** What the challenger may do: `watch` only tells, `full` plays disputes. */
  readonly challengerMode: 'watch' | 'full'
  /** Wei. */
  readonly stake: bigint
  /** G_A: gas after which an assertion ends. */
  readonly maxGasPerAssertion: bigint
  readonly blockGasLimit: bigint
  /** Accounts of the L2 genesis besides the predeploys and the funded users. */
  readonly genesisAccounts: Readonly<Record<Address, GenesisAccount>>
}

/**
 * The network of `npm start`. The challenge period is far too short for anything but a demonstration. G_A follows from it as
 * design asks: building the trace of an assertion must take at most an eighth of it.
 */
export const devnetParameters: NetworkParameters = {
  l1ChainId: 31_337,
  l2ChainId: 420_691n,
  l1BlockTime: 1,
  blockTimeMs: 1_000,
  committeeSize: 4,
  challengePeriod: 60n,
  forceDelay: 30n,
  minAssertionPeriod: 0n,
  assertionInterval: 5,
  challengerMode: 'watch',
  stake: 10n ** 16n,
  maxGasPerAssertion: 15_000_000n,
  blockGasLimit: 30_000_000n,
  genesisAccounts: {},
}
