import type { Address, CommitteeEpoch, Hash } from '@crema/protocol'
import type { L1Client } from './client.ts'
import { L1Error, reading } from './errors.ts'
import { committeeRegistryAbi } from './generated/CommitteeRegistry.ts'
import { isRevert } from './is-revert.ts'

const OPEN_END = (1n << 64n) - 1n

/**
 * Members and heights of one epoch of a sequencer set, from the registry on L1. Throws `L1Error`, `L1_UNKNOWN_EPOCH` when the registry
 * has no such epoch.
 */
export async function readCommitteeEpoch(
  client: L1Client,
  registry: Address,
  setId: Hash,
  epoch: bigint,
): Promise<CommitteeEpoch> {
  const contract = { address: registry, abi: committeeRegistryAbi } as const
  const args = [setId, epoch] as const
  const [[startHeight, endHeight], members] = await reading('CommitteeRegistry', () =>
    Promise.all([
      client.readContract({ ...contract, functionName: 'epochInfo', args }),
      client.readContract({ ...contract, functionName: 'members', args }),
    ]).catch((error: unknown) => {
      if (!isRevert(error)) throw error
      throw new L1Error('L1_UNKNOWN_EPOCH', `the registry has no epoch ${epoch} of the set`, {
        cause: error,
        details: { setId, epoch },
        retryable: false,
      })
    }),
  )
  return {
    setId,
    epoch,
    startHeight,
    endHeight: endHeight === OPEN_END ? undefined : endHeight,
    members: members.map((member) => member.toLowerCase() as Address),
  }
}
