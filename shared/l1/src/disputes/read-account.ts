import type { Address, Hash } from '@crema/protocol'
import type { L1Client } from '../client.ts'
import { L1Error, reading } from '../errors.ts'
import { bondVaultAbi } from '../generated/BondVault.ts'
import type { DisputeContracts } from './contracts.ts'
import { mapLimited } from './map-limited.ts'
import type { AccountStakes, OwnBond } from './types.ts'
import { headBlock, viewDisputesAt } from './view.ts'

/** A bond as L1 announces it. */
export interface PostedBond {
  readonly id: Hash
  readonly l1BlockNumber: bigint
}

/** Ids of the bonds that an account posted in a range of L1 blocks. Throws `L1Error`. */
export async function readPostedBonds(
  client: L1Client,
  { bondVault }: Pick<DisputeContracts, 'bondVault'>,
  owner: Address,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<PostedBond[]> {
  const logs = await reading('eth_getLogs', () =>
    client.getContractEvents({
      address: bondVault,
      abi: bondVaultAbi,
      eventName: 'BondPosted',
      args: { owner },
      fromBlock,
      toBlock,
      strict: true,
    }),
  )
  return logs.map(({ args, blockNumber, removed }) => {
    if (removed) throw new L1Error('L1_BAD_RESPONSE', 'log was removed', { details: { blockNumber } })
    return { id: args.bondId, l1BlockNumber: blockNumber }
  })
}

/** An account's credit and bonds of these ids at L1's head, and the head's number. Throws `L1Error`. */
export async function readAccountStakes(
  client: L1Client,
  contracts: DisputeContracts,
  owner: Address,
  bondIds: readonly Hash[],
): Promise<AccountStakes & { readonly l1BlockNumber: bigint }> {
  const head = await headBlock(client)
  const view = viewDisputesAt(client, contracts, head)
  const [credit, bonds] = await Promise.all([
    view.credit(owner),
    mapLimited(bondIds, 16, (id): Promise<OwnBond> => view.bond(id)),
  ])
  return { credit, bonds: bonds.filter((bond) => bond.status !== 'none'), l1BlockNumber: head.number }
}
