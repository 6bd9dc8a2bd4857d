import { parseObject, parseUint } from './fields.ts'

/** Where a lane stands: the WebSocket's message, and the answer of `GET /v1/lanes/:lane`. */
export interface LaneAnnouncement {
  readonly lane: bigint
  /** Newest block's lane height; 0 before the first. */
  readonly laneHeight: bigint
}

/** JSON form of an announcement. */
export function encodeAnnouncement({ lane, laneHeight }: LaneAnnouncement) {
  return { lane: lane.toString(), laneHeight: laneHeight.toString() }
}

/** Inverse of {@link encodeAnnouncement} for hostile input. */
export function parseAnnouncement(value: unknown, where: string): LaneAnnouncement {
  const fields = parseObject(value, where)
  return {
    lane: parseUint(fields.lane, `${where}.lane`),
    laneHeight: parseUint(fields.laneHeight, `${where}.laneHeight`),
  }
}
