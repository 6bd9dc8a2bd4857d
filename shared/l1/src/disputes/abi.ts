import { assertionChainAbi } from '../generated/AssertionChain.ts'
import { bondVaultAbi } from '../generated/BondVault.ts'
import { disputeManagerAbi } from '../generated/DisputeManager.ts'

/** Functions, events and errors of all contracts that a dispute touches. */
export const disputeAbi = [...disputeManagerAbi, ...assertionChainAbi, ...bondVaultAbi] as const
