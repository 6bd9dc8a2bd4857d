import { assertionChainAbi, bondVaultAbi, inboxAbi, readAssertion, readLatestConfirmed } from '@crema/l1'
import type { BlockState, Hash } from '@crema/protocol'
import type { Devnet } from '../devnet/devnet.ts'

/** An event `AssertionProposed`. */
export interface Proposed {
  readonly id: Hash
  readonly parentId: Hash
  readonly proposer: string
  readonly end: BlockState
  readonly bondId: Hash
  readonly l1BlockNumber: bigint
}

/** First children that the canonical L1 chain holds, in order. */
export async function proposedAssertions({ anvil, config }: Devnet): Promise<Proposed[]> {
  const logs = await anvil.client.getContractEvents({
    address: config.l1Contracts.assertionChain,
    abi: assertionChainAbi,
    eventName: 'AssertionProposed',
    fromBlock: config.l1StartBlock,
    strict: true,
  })
  return logs.map(({ args, blockNumber }) => ({
    id: args.id,
    parentId: args.parentId,
    proposer: args.proposer.toLowerCase(),
    end: args.end as BlockState,
    bondId: args.bondId,
    l1BlockNumber: blockNumber,
  }))
}

/** Bonds that the canonical L1 chain holds, by what happened to them. */
export async function bondEvents({ anvil, config }: Devnet) {
  const logs = await anvil.client.getContractEvents({
    address: config.l1Contracts.bondVault,
    abi: bondVaultAbi,
    fromBlock: config.l1StartBlock,
    strict: true,
  })
  const of = (name: string) => logs.filter(({ eventName }) => eventName === name)
  return {
    posted: of('BondPosted'),
    rolled: of('BondRolled'),
    released: of('BondReleased'),
    claimed: of('Claimed'),
  }
}

/** Depth of the newest confirmed assertion. */
export async function confirmedDepth({ anvil, config }: Devnet): Promise<number> {
  const { assertionChain } = config.l1Contracts
  const id = await readLatestConfirmed(anvil.client, assertionChain)
  return (await readAssertion(anvil.client, assertionChain, id)).depth
}

/** Leaves that the Inbox holds. */
export function inboxCount({ anvil, config }: Devnet): Promise<bigint> {
  return anvil.client.readContract({
    address: config.l1Contracts.inbox,
    abi: inboxAbi,
    functionName: 'count',
  })
}
