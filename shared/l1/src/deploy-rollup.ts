import type { Address, BlockState, Hash, Hex, L2ChainConfig, Origin } from '@crema/protocol'
import { type Abi, encodeFunctionData } from 'viem'
import { type ChainConstants, chainConstants } from './chain-constants.ts'
import { checkDeployment } from './check-deployment.ts'
import type { L1Client } from './client.ts'
import { type DeployedContracts, deploymentAddresses, stepPartAddresses } from './deployment-addresses.ts'
import { createDeploymentSender, type Deployer, type DeploymentSender } from './deployment-sender.ts'
import { assertionChainAbi, assertionChainBytecode } from './generated/AssertionChain.ts'
import { bondVaultAbi, bondVaultBytecode } from './generated/BondVault.ts'
import { committeeRegistryAbi, committeeRegistryBytecode } from './generated/CommitteeRegistry.ts'
import { disputeManagerAbi, disputeManagerBytecode } from './generated/DisputeManager.ts'
import { gameFacadeAbi, gameFacadeBytecode } from './generated/GameFacade.ts'
import { guardianPauseAbi, guardianPauseBytecode } from './generated/GuardianPause.ts'
import { inboxAbi, inboxBytecode } from './generated/Inbox.ts'
import { laneRegistryAbi, laneRegistryBytecode } from './generated/LaneRegistry.ts'
import { portalAbi, portalBytecode } from './generated/Portal.ts'
import { stepVerifierAbi, stepVerifierBytecode } from './generated/StepVerifier.ts'
import { verifierScheduleAbi, verifierScheduleBytecode } from './generated/VerifierSchedule.ts'
import { readL1Block } from './l1-block.ts'
import { readOriginHeader } from './origin-header.ts'
import { stepParts } from './step-parts.ts'

/** What is decided before a rollup's contracts exist. Durations are seconds. */
export interface DeployRollupParameters {
  readonly committee: readonly Address[]
  /** Makes the set's id unique for the deployer. */
  readonly salt: Hash
  readonly l2: L2ChainConfig
  readonly genesisTimestamp: bigint
  readonly genesisState: BlockState
  readonly challengePeriod: bigint
  readonly gracePeriod: bigint
  readonly minAssertionPeriod: bigint
  readonly forceDelay: bigint
  /** Wei. */
  readonly stake: bigint
  readonly maxBlocksPerAssertion: bigint
  readonly maxGasPerAssertion: bigint
  /** Wei that a dispute's pot pays for a unit of gas at most; at most {@link highestCreditGasPrice}. */
  readonly maxCreditGasPrice: bigint
  /** May name another step verifier; zero: nobody, for ever. */
  readonly verifierOwner: Address
  /** Seconds until a named verifier is in force: at least the challenge period and 7 days, unless nobody may name one. */
  readonly verifierDelay: bigint
  readonly guardian: Address
  readonly maxPause: bigint
  readonly pauseCooldown: bigint
}

/** Where the rollup lives on L1. */
export interface DeployedRollup {
  readonly contracts: DeployedContracts
  readonly setId: Hash
  readonly genesisOrigin: Origin
  /** Block before the first of the rollup's. */
  readonly l1StartBlock: bigint
}

/**
 * Deploys a rollup's contracts. They name one another immutably: addresses follow from the deployer's nonce, so that account must
 * send nothing else meanwhile. At the end every reference is read back. Throws {@link L1Error}: `L1_BAD_RESPONSE` when a transaction
 * fails, `L1_WRONG_DEPLOYMENT` when a contract is not what the others take it for.
 */
export async function deployRollup(
  client: L1Client,
  deployer: Deployer,
  parameters: DeployRollupParameters,
): Promise<DeployedRollup> {
  const from = deployer.account.address
  const first = await client.getTransactionCount({ address: from, blockTag: 'pending' })
  const contracts = deploymentAddresses(from, first)
  const sender = createDeploymentSender(client, deployer, first)
  const start = (await readL1Block(client, { tag: 'latest' }))!

  const setId = await deployOrdering(client, deployer, sender, contracts, parameters)
  const constants = chainConstants(parameters.l2, contracts.portal, parameters)
  await deployStepVerifier(sender, stepPartAddresses(from, first), constants)
  const { verifierOwner, verifierDelay } = parameters
  await sender.deploy(verifierScheduleAbi, verifierScheduleBytecode, [
    verifierOwner,
    verifierDelay,
    contracts.stepVerifier,
  ])
  await sender.deploy(guardianPauseAbi, guardianPauseBytecode, [
    parameters.guardian,
    parameters.maxPause,
    parameters.pauseCooldown,
  ])
  await sender.deploy(bondVaultAbi, bondVaultBytecode, [contracts.assertionChain, contracts.disputeManager])
  await sender.deploy(assertionChainAbi, assertionChainBytecode, [
    assertionConfig(contracts, parameters),
    parameters.genesisState,
  ])
  const genesisOrigin = (await readL1Block(client, { tag: 'latest' }))!
  const genesisOriginHeader = await readOriginHeader(client, genesisOrigin.hash)
  await sender.deploy(inboxAbi, inboxBytecode, [inboxConfig(contracts, parameters, setId, genesisOriginHeader)])
  await sender.deploy(portalAbi, portalBytecode, [
    contracts.assertionChain,
    contracts.bondVault,
    contracts.guardianPause,
    contracts.gameFacade,
  ])
  await sender.deploy(gameFacadeAbi, gameFacadeBytecode, [contracts.assertionChain])
  const { assertionChain, bondVault } = contracts
  await sender.deploy(disputeManagerAbi, disputeManagerBytecode, [
    assertionChain,
    bondVault,
    parameters.maxCreditGasPrice,
  ])

  const { guardian, committee } = parameters
  await checkDeployment(client, contracts, { setId, guardian, committee, constants })
  const { number, hash, timestamp, baseFee, mixHash } = genesisOrigin
  return {
    contracts,
    setId,
    genesisOrigin: { number, hash, timestamp, baseFee, mixHash },
    l1StartBlock: start.number,
  }
}

/** Deploys both registries and creates the committee's set in between; returns the set's id. */
async function deployOrdering(
  client: L1Client,
  deployer: Deployer,
  sender: DeploymentSender,
  contracts: DeployedContracts,
  { committee, salt }: DeployRollupParameters,
): Promise<Hash> {
  await sender.deploy(committeeRegistryAbi, committeeRegistryBytecode, [])
  const call = { abi: committeeRegistryAbi as Abi, functionName: 'createSet', args: [[...committee], salt] } as const
  const { result } = await client.simulateContract({
    ...call,
    address: contracts.committeeRegistry,
    account: deployer.account,
  })
  await sender.send(contracts.committeeRegistry, encodeFunctionData(call))
  await sender.deploy(laneRegistryAbi, laneRegistryBytecode, [])
  return result as Hash
}

/** Deploys the parts and the verifier that names them, as transactions that wait for none of one another. */
function deployStepVerifier(
  sender: DeploymentSender,
  addresses: Readonly<Record<string, Address>>,
  constants: ChainConstants,
): Promise<void> {
  return sender.deployAll([
    ...stepParts.map(({ name, abi, bytecode }) => ({ abi, bytecode, args: name === 'seal' ? [constants] : [] })),
    { abi: stepVerifierAbi, bytecode: stepVerifierBytecode, args: [addresses] },
  ])
}

const inboxConfig = (
  contracts: DeployedContracts,
  parameters: DeployRollupParameters,
  setId: Hash,
  genesisOriginHeader: Hex,
) => ({
  laneRegistry: contracts.laneRegistry,
  committeeRegistry: contracts.committeeRegistry,
  depositQueue: contracts.portal,
  lane: parameters.l2.chainId,
  setId,
  forceDelay: parameters.forceDelay,
  genesisTimestamp: parameters.genesisTimestamp,
  genesisOriginHeader,
  l2BlockGasLimit: parameters.l2.blockGasLimit,
})

const assertionConfig = (contracts: DeployedContracts, parameters: DeployRollupParameters) => ({
  inbox: contracts.inbox,
  bondVault: contracts.bondVault,
  guardianPause: contracts.guardianPause,
  disputeManager: contracts.disputeManager,
  verifierSchedule: contracts.verifierSchedule,
  challengePeriod: parameters.challengePeriod,
  gracePeriod: parameters.gracePeriod,
  stake: parameters.stake,
  maxBlocks: parameters.maxBlocksPerAssertion,
  maxGas: parameters.maxGasPerAssertion,
  minAssertionPeriod: parameters.minAssertionPeriod,
  lane: parameters.l2.chainId,
})
