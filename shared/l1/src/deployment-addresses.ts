import type { Address, L1Contracts } from '@crema/protocol'
import { getContractAddress } from 'viem'
import { stepParts } from './step-parts.ts'

/** A rollup's contracts on L1. */
export type DeployedContracts = Omit<L1Contracts, 'multicall3'>

/** Transactions of `deployRollup` before the step verifier's parts. */
const PARTS_FROM = 3

/**
 * Where `deployRollup` puts each contract when the deployer's next nonce is `firstNonce`: CREATE addresses in its order of
 * transactions, the second of which creates the committee's set; the step verifier's parts come before it.
 */
export function deploymentAddresses(from: Address, firstNonce: number): DeployedContracts {
  const at = (offset: number): Address => deploymentAddress(from, firstNonce + offset)
  const verifier = PARTS_FROM + stepParts.length
  return {
    committeeRegistry: at(0),
    laneRegistry: at(2),
    stepVerifier: at(verifier),
    verifierSchedule: at(verifier + 1),
    guardianPause: at(verifier + 2),
    bondVault: at(verifier + 3),
    assertionChain: at(verifier + 4),
    inbox: at(verifier + 5),
    portal: at(verifier + 6),
    gameFacade: at(verifier + 7),
    disputeManager: at(verifier + 8),
  }
}

/** Where `deployRollup` puts the step verifier's parts, by their names in `StepVerifier.Parts`. */
export function stepPartAddresses(from: Address, firstNonce: number): Readonly<Record<string, Address>> {
  return Object.fromEntries(
    stepParts.map(({ name }, i) => [name, deploymentAddress(from, firstNonce + PARTS_FROM + i)]),
  )
}

function deploymentAddress(from: Address, nonce: number): Address {
  return getContractAddress({ from, nonce: BigInt(nonce) }).toLowerCase() as Address
}
