import { committeeRegistryAbi, inboxAbi, type L1Client, readCommitteeEpoch } from '@crema/l1'
import type { Address, CommitteeEpoch, Hash } from '@crema/protocol'
import type { OriginRef } from '../chain/types.ts'

/** What a sequencer needs to know of L1 before its first header. */
export interface L1Setup {
  readonly chainId: bigint
  readonly registry: Address
  readonly setId: Hash
  readonly committee: CommitteeEpoch
  /** Origin that the Inbox starts from. */
  readonly origin: OriginRef
}

/** Reads it from the Inbox of one of the lanes; the set's newest epoch is the one to sign in. @throws viem's errors, L1Error. */
export async function readL1Setup(client: L1Client, inbox: Address): Promise<L1Setup> {
  const contract = { address: inbox, abi: inboxAbi } as const
  const [chainId, registry, setId, number, hash] = await Promise.all([
    client.getChainId(),
    client.readContract({ ...contract, functionName: 'committeeRegistry' }),
    client.readContract({ ...contract, functionName: 'setId' }),
    client.readContract({ ...contract, functionName: 'genesisOriginNumber' }),
    client.readContract({ ...contract, functionName: 'genesisOriginHash' }),
  ])
  const epoch = await client.readContract({
    address: registry,
    abi: committeeRegistryAbi,
    functionName: 'currentEpoch',
    args: [setId],
  })
  const address = registry.toLowerCase() as Address
  return {
    chainId: BigInt(chainId),
    registry: address,
    setId,
    committee: await readCommitteeEpoch(client, address, setId, epoch),
    origin: { number, hash },
  }
}
