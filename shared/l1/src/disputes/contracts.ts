import type { Address } from '@crema/protocol'

/** The contracts that disputes are played with. */
export interface DisputeContracts {
  readonly assertionChain: Address
  readonly disputeManager: Address
  readonly bondVault: Address
  readonly guardianPause: Address
}
