import type { Address, Hash } from '@crema/protocol'
import type { Abi } from 'viem'
import type { ChainConstants } from './chain-constants.ts'
import { checkStepVerifier } from './check-step-verifier.ts'
import type { L1Client } from './client.ts'
import type { DeployedContracts } from './deployment-addresses.ts'
import { L1Error, reading } from './errors.ts'
import { assertionChainAbi } from './generated/AssertionChain.ts'
import { bondVaultAbi } from './generated/BondVault.ts'
import { committeeRegistryAbi } from './generated/CommitteeRegistry.ts'
import { disputeManagerAbi } from './generated/DisputeManager.ts'
import { gameFacadeAbi } from './generated/GameFacade.ts'
import { guardianPauseAbi } from './generated/GuardianPause.ts'
import { inboxAbi } from './generated/Inbox.ts'
import { laneRegistryAbi } from './generated/LaneRegistry.ts'
import { portalAbi } from './generated/Portal.ts'
import { stepVerifierAbi } from './generated/StepVerifier.ts'
import { verifierScheduleAbi } from './generated/VerifierSchedule.ts'

/** What a deployment is about besides its addresses. */
export interface DeploymentIdentity {
  readonly setId: Hash
  readonly guardian: Address
  /** Members of the set's first epoch, in ascending order. */
  readonly committee: readonly Address[]
  /** What the rules of blocks and assertions are made of; the chain id is the lane. */
  readonly constants: ChainConstants
}

const abis: Readonly<Record<keyof DeployedContracts, Abi>> = {
  committeeRegistry: committeeRegistryAbi,
  laneRegistry: laneRegistryAbi,
  stepVerifier: stepVerifierAbi,
  guardianPause: guardianPauseAbi,
  bondVault: bondVaultAbi,
  assertionChain: assertionChainAbi,
  inbox: inboxAbi,
  portal: portalAbi,
  gameFacade: gameFacadeAbi,
  disputeManager: disputeManagerAbi,
  verifierSchedule: verifierScheduleAbi,
}

interface Reference {
  readonly contract: keyof DeployedContracts
  readonly view: string
  readonly args?: readonly unknown[]
  readonly expected: string
}

/**
 * Reads back every reference of a rollup's contracts to one another, to their lane, set, members, guardian and rules, and the code of the step verifier. Nothing of it can be
 * mended afterwards (docs/adr/0002). Throws {@link L1Error}: `L1_WRONG_DEPLOYMENT` at the first that is missing or names something else,
 * `L1_UNREACHABLE` when L1 cannot be read.
 */
export async function checkDeployment(
  client: L1Client,
  contracts: DeployedContracts,
  identity: DeploymentIdentity,
): Promise<void> {
  for (const [name, address] of Object.entries(contracts)) {
    const code = await reading('code', () => client.getCode({ address }))
    if (code !== undefined && code !== '0x') continue
    throw new L1Error('L1_WRONG_DEPLOYMENT', `${name} is not at its address`, { details: { name, address } })
  }
  for (const { contract, view, args, expected } of references(contracts, identity)) {
    const address = contracts[contract]
    const read = await reading(`${contract}.${view}`, () =>
      client.readContract({
        address,
        abi: abis[contract],
        functionName: view,
        ...(args === undefined ? {} : { args }),
      }),
    )
    const actual = String(read).toLowerCase()
    if (actual === expected.toLowerCase()) continue
    throw new L1Error('L1_WRONG_DEPLOYMENT', `${contract}.${view} is ${actual}, not ${expected}`, {
      details: { contract, address, view, actual, expected },
    })
  }
  await checkStepVerifier(client, contracts.stepVerifier, identity.constants)
}

/** As text: addresses in hex, integers in decimal, lists with commas. */
function references(
  contracts: DeployedContracts,
  { setId, guardian, committee, constants }: DeploymentIdentity,
): readonly Reference[] {
  const lane = constants.chainId
  const { assertionChain, bondVault, guardianPause, inbox, portal, gameFacade } = contracts
  const { disputeManager, verifierSchedule, stepVerifier } = contracts
  return [
    { contract: 'committeeRegistry', view: 'members', args: [setId, 0n], expected: committee.join() },
    { contract: 'laneRegistry', view: 'inboxOf', args: [lane], expected: inbox },
    { contract: 'guardianPause', view: 'guardian', expected: guardian },
    { contract: 'bondVault', view: 'chain', expected: assertionChain },
    { contract: 'bondVault', view: 'disputeManager', expected: disputeManager },
    { contract: 'disputeManager', view: 'chain', expected: assertionChain },
    { contract: 'disputeManager', view: 'bondVault', expected: bondVault },
    { contract: 'assertionChain', view: 'disputeManager', expected: disputeManager },
    { contract: 'assertionChain', view: 'verifierSchedule', expected: verifierSchedule },
    { contract: 'verifierSchedule', view: 'current', expected: stepVerifier },
    { contract: 'assertionChain', view: 'inbox', expected: inbox },
    { contract: 'assertionChain', view: 'bondVault', expected: bondVault },
    { contract: 'assertionChain', view: 'guardianPause', expected: guardianPause },
    { contract: 'assertionChain', view: 'lane', expected: lane.toString() },
    { contract: 'assertionChain', view: 'maxGas', expected: constants.maxGas.toString() },
    { contract: 'assertionChain', view: 'maxBlocks', expected: constants.maxBlocks.toString() },
    { contract: 'inbox', view: 'laneRegistry', expected: contracts.laneRegistry },
    { contract: 'inbox', view: 'committeeRegistry', expected: contracts.committeeRegistry },
    { contract: 'inbox', view: 'depositQueue', expected: portal },
    { contract: 'inbox', view: 'lane', expected: lane.toString() },
    { contract: 'inbox', view: 'setId', expected: setId },
    { contract: 'inbox', view: 'l2BlockGasLimit', expected: constants.blockGasLimit.toString() },
    { contract: 'portal', view: 'assertionChain', expected: assertionChain },
    { contract: 'portal', view: 'bondVault', expected: bondVault },
    { contract: 'portal', view: 'guardianPause', expected: guardianPause },
    { contract: 'portal', view: 'disputeGameFactory', expected: gameFacade },
    { contract: 'gameFacade', view: 'assertionChain', expected: assertionChain },
  ]
}
