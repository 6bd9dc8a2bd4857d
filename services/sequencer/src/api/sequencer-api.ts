import type { LaneAnnouncement, SequencerClient } from '@crema/sequencer-client'

/** What the HTTP server serves: the client's interface from the other side. In-process users may call it directly. */
export interface SequencerApi extends SequencerClient {
  /** Where the lane stands. @throws Refusal UNKNOWN_LANE. */
  lane(lane: bigint): Promise<LaneAnnouncement>
}
