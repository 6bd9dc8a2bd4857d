import { disputeChainAbi } from './abi/assertion-chain.ts'
import { disputeVaultAbi } from './abi/bond-vault.ts'
import { disputeManagerAbi } from './abi/dispute-manager.ts'

export { disputeChainAbi, disputeManagerAbi, disputeVaultAbi }

/** Functions, events and errors of all contracts that a dispute touches. */
export const disputeAbi = [...disputeManagerAbi, ...disputeChainAbi, ...disputeVaultAbi] as const
