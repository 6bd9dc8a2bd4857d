import type { Address, BlockState, Hash, Hex, L1Contracts, Origin } from '@crema/protocol'
import {
  type Abi,
  type Account,
  type Chain,
  encodeDeployData,
  getContractAddress,
  type Transport,
  type WalletClient,
} from 'viem'
import type { L1Client } from './client.ts'
import { L1Error } from './errors.ts'
import { assertionChainAbi, assertionChainBytecode } from './generated/AssertionChain.ts'
import { bondVaultAbi, bondVaultBytecode } from './generated/BondVault.ts'
import { committeeRegistryAbi, committeeRegistryBytecode } from './generated/CommitteeRegistry.ts'
import { gameFacadeAbi, gameFacadeBytecode } from './generated/GameFacade.ts'
import { guardianPauseAbi, guardianPauseBytecode } from './generated/GuardianPause.ts'
import { inboxAbi, inboxBytecode } from './generated/Inbox.ts'
import { laneRegistryAbi, laneRegistryBytecode } from './generated/LaneRegistry.ts'
import { portalAbi, portalBytecode } from './generated/Portal.ts'
import { readL1Block } from './l1-block.ts'
import { readOriginHeader } from './origin-header.ts'

/** What is decided before a rollup's contracts exist. Durations are seconds. */
export interface DeployRollupParameters {
  readonly committee: readonly Address[]
  /** Makes the set's id unique for the deployer. */
  readonly salt: Hash
  readonly l2ChainId: bigint
  readonly l2BlockGasLimit: bigint
  readonly genesisTimestamp: bigint
  readonly genesisState: BlockState
  readonly challengePeriod: bigint
  readonly minAssertionPeriod: bigint
  readonly forceDelay: bigint
  /** Wei. */
  readonly stake: bigint
  readonly maxBlocksPerAssertion: bigint
  readonly maxGasPerAssertion: bigint
  readonly guardian: Address
  readonly maxPause: bigint
  readonly pauseCooldown: bigint
}

/** Where the rollup lives on L1. */
export interface DeployedRollup {
  readonly contracts: Omit<L1Contracts, 'multicall3'>
  readonly setId: Hash
  readonly genesisOrigin: Origin
  /** Block before the first of the rollup's. */
  readonly l1StartBlock: bigint
}

type Deployer = WalletClient<Transport, Chain | undefined, Account>

/**
 * Deploys a rollup's contracts. They name one another immutably: addresses follow from the deployer's nonce, so that account must
 * send nothing else meanwhile. Throws {@link L1Error} when a transaction fails or an address differs.
 */
export async function deployRollup(
  client: L1Client,
  deployer: Deployer,
  parameters: DeployRollupParameters,
): Promise<DeployedRollup> {
  const from = deployer.account.address
  const first = await client.getTransactionCount({ address: from, blockTag: 'pending' })
  const at = (offset: number): Address =>
    getContractAddress({ from, nonce: BigInt(first + offset) }).toLowerCase() as Address
  const contracts = {
    committeeRegistry: at(0),
    laneRegistry: at(2),
    guardianPause: at(3),
    bondVault: at(4),
    assertionChain: at(5),
    inbox: at(6),
    portal: at(7),
    gameFacade: at(8),
  }
  let nonce = first
  const send = async (to: Address | undefined, data: Hex): Promise<void> => {
    const expected = nonce++
    const hash = await deployer.sendTransaction({
      chain: deployer.chain ?? null,
      nonce: expected,
      data,
      ...(to === undefined ? {} : { to }),
    })
    const receipt = await client.waitForTransactionReceipt({ hash, pollingInterval: 50 })
    if (receipt.status !== 'success') {
      throw new L1Error('L1_BAD_RESPONSE', `deployment transaction ${expected - first} reverted`, { details: { hash } })
    }
  }
  const deploy = (abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<void> =>
    send(undefined, encodeDeployData({ abi, bytecode, args }))

  const start = (await readL1Block(client, { tag: 'latest' }))!
  await deploy(committeeRegistryAbi, committeeRegistryBytecode, [])
  const registry = { address: contracts.committeeRegistry, abi: committeeRegistryAbi } as const
  const { request, result: setId } = await client.simulateContract({
    ...registry,
    account: deployer.account,
    functionName: 'createSet',
    args: [[...parameters.committee], parameters.salt],
  })
  await client.waitForTransactionReceipt({
    hash: await deployer.writeContract({ ...request, nonce: nonce++, chain: deployer.chain ?? null }),
    pollingInterval: 50,
  })
  await deploy(laneRegistryAbi, laneRegistryBytecode, [])
  await deploy(guardianPauseAbi, guardianPauseBytecode, [
    parameters.guardian,
    parameters.maxPause,
    parameters.pauseCooldown,
  ])
  await deploy(bondVaultAbi, bondVaultBytecode, [contracts.assertionChain])
  await deploy(assertionChainAbi, assertionChainBytecode, [
    assertionConfig(contracts, parameters),
    parameters.genesisState,
  ])
  const genesisOrigin = (await readL1Block(client, { tag: 'latest' }))!
  await deploy(inboxAbi, inboxBytecode, [
    {
      laneRegistry: contracts.laneRegistry,
      committeeRegistry: contracts.committeeRegistry,
      depositQueue: contracts.portal,
      lane: parameters.l2ChainId,
      setId,
      forceDelay: parameters.forceDelay,
      genesisTimestamp: parameters.genesisTimestamp,
      genesisOriginHeader: await readOriginHeader(client, genesisOrigin.hash),
      l2BlockGasLimit: parameters.l2BlockGasLimit,
    },
  ])
  await deploy(portalAbi, portalBytecode, [
    contracts.assertionChain,
    contracts.bondVault,
    contracts.guardianPause,
    contracts.gameFacade,
  ])
  await deploy(gameFacadeAbi, gameFacadeBytecode, [contracts.assertionChain])
  await checkCode(client, contracts)
  const { number, hash, timestamp, baseFee, mixHash } = genesisOrigin
  return {
    contracts,
    setId,
    genesisOrigin: { number, hash, timestamp, baseFee, mixHash },
    l1StartBlock: start.number,
  }
}

const assertionConfig = (
  contracts: { readonly inbox: Address; readonly bondVault: Address; readonly guardianPause: Address },
  parameters: DeployRollupParameters,
) => ({
  inbox: contracts.inbox,
  bondVault: contracts.bondVault,
  guardianPause: contracts.guardianPause,
  challengePeriod: parameters.challengePeriod,
  stake: parameters.stake,
  maxBlocks: parameters.maxBlocksPerAssertion,
  maxGas: parameters.maxGasPerAssertion,
  minAssertionPeriod: parameters.minAssertionPeriod,
  lane: parameters.l2ChainId,
})

async function checkCode(client: L1Client, contracts: Readonly<Record<string, Address>>): Promise<void> {
  for (const [name, address] of Object.entries(contracts)) {
    const code = await client.getCode({ address })
    if (code === undefined || code === '0x') {
      throw new L1Error('L1_BAD_RESPONSE', `${name} is not at its address`, { details: { name, address } })
    }
  }
}
