import { type L1Client, readCommitteeEpoch } from '@crema/l1'
import type { Address, CommitteeEpoch } from '@crema/protocol'
import type { L1Setup } from './read-setup.ts'

/**
 * The newest epoch whose members are `members`, or undefined. It may be one that is handed over already and that ends at a later
 * height. @throws L1Error.
 */
export async function readOwnEpoch(
  client: L1Client,
  { committee, registry, setId }: Pick<L1Setup, 'committee' | 'registry' | 'setId'>,
  members: readonly Address[],
): Promise<CommitteeEpoch | undefined> {
  let found = committee
  while (found.members.join() !== members.join()) {
    if (found.epoch === 0n) return undefined
    found = await readCommitteeEpoch(client, registry, setId, found.epoch - 1n)
  }
  return found
}
