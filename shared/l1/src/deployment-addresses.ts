import type { Address, L1Contracts } from '@crema/protocol'
import { getContractAddress } from 'viem'

/** A rollup's contracts on L1. */
export type DeployedContracts = Omit<L1Contracts, 'multicall3'>

/**
 * Where `deployRollup` puts each contract when the deployer's next nonce is `firstNonce`: CREATE addresses in its order of
 * transactions, the second of which creates the committee's set; 10 to 18 are the step verifier's parts.
 */
export function deploymentAddresses(from: Address, firstNonce: number): DeployedContracts {
  const at = (offset: number): Address =>
    getContractAddress({ from, nonce: BigInt(firstNonce + offset) }).toLowerCase() as Address
  return {
    committeeRegistry: at(0),
    laneRegistry: at(2),
    guardianPause: at(3),
    bondVault: at(4),
    assertionChain: at(5),
    inbox: at(6),
    portal: at(7),
    gameFacade: at(8),
    disputeManager: at(9),
    stepVerifier: at(19),
    verifierSchedule: at(20),
  }
}
