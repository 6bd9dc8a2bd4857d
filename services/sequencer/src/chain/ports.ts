import type { OriginRef } from './types.ts'

/** L1 block for the next header, given the newest header's; answers at once, from what is known. */
export type OriginSource = (previous: OriginRef) => OriginRef

/** Timestamp in seconds for the next header, given the newest header's. */
export type TimestampSource = (previous: bigint) => bigint

/** Payload of a lane block that holds `raws` in order. */
export type PayloadEncoder = (raws: readonly Uint8Array[]) => Uint8Array
