import { inboxAbi, type L1Client } from '@crema/l1'
import type { Address, CommitteeDomain, Hash } from '@crema/protocol'

/** What never changes about an Inbox. */
export interface InboxSetup {
  readonly inbox: Address
  readonly lane: bigint
  readonly setId: Hash
  /** Domain of the certificates it accepts. */
  readonly domain: CommitteeDomain
  readonly depositQueue: Address
  /** Seconds. */
  readonly forceDelay: bigint
  readonly l2BlockGasLimit: bigint
}

/** Reads it from L1. @throws viem's errors. */
export async function readInboxSetup(client: L1Client, inbox: Address): Promise<InboxSetup> {
  const contract = { address: inbox, abi: inboxAbi } as const
  const [chainId, registry, depositQueue, lane, setId, forceDelay, l2BlockGasLimit] = await Promise.all([
    client.getChainId(),
    client.readContract({ ...contract, functionName: 'committeeRegistry' }),
    client.readContract({ ...contract, functionName: 'depositQueue' }),
    client.readContract({ ...contract, functionName: 'lane' }),
    client.readContract({ ...contract, functionName: 'setId' }),
    client.readContract({ ...contract, functionName: 'forceDelay' }),
    client.readContract({ ...contract, functionName: 'l2BlockGasLimit' }),
  ])
  return {
    inbox,
    lane,
    setId,
    domain: { chainId: BigInt(chainId), registry: registry.toLowerCase() as Address },
    depositQueue: depositQueue.toLowerCase() as Address,
    forceDelay,
    l2BlockGasLimit,
  }
}
