import { inboxAbi, type L1Client, readCommitteeEpoch } from '@crema/l1'
import type { CommitteeEpoch, Hash } from '@crema/protocol'
import type { PostedPosition } from '../chain/check-posted.ts'
import type { LaneBinding } from '../chain/types.ts'
import type { Committee } from '../committee/committee.ts'

/** What L1 says that a sequencer must obey. */
export interface L1View {
  /** The epoch to sign in; its end is known once it is handed over. */
  readonly epoch: CommitteeEpoch
  /** Where each lane's Inbox stands. */
  readonly posted: readonly PostedPosition[]
}

/** Returns what reads it at the newest L1 block. @throws viem's errors, L1Error. */
export function l1Reader(
  client: L1Client,
  set: { readonly setId: Hash; readonly epoch: bigint; readonly committee: Committee },
  lanes: readonly LaneBinding[],
) {
  const { setId, epoch, committee } = set
  return async (): Promise<L1View> => {
    const [found, ...posted] = await Promise.all([
      readCommitteeEpoch(client, committee.domain.registry, setId, epoch),
      ...lanes.map(async ({ lane, inbox }): Promise<PostedPosition> => {
        const [laneTip, laneHeight] = await client.readContract({
          address: inbox,
          abi: inboxAbi,
          functionName: 'lanePosition',
        })
        return { lane, laneTip, laneHeight }
      }),
    ])
    return { epoch: found, posted }
  }
}
