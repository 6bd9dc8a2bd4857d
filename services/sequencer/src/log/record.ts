import { concatBytes } from '@crema/protocol'
import { encodeCertifiedHeader, parseCertifiedHeader } from '@crema/sequencer-client'
import { z } from 'zod'
import type { SealedBlock } from '../chain/types.ts'
import { SequencerServiceError } from '../errors.ts'

const metaSchema = z.object({
  certified: z.unknown(),
  lanes: z.array(
    z.object({
      lane: z.string().regex(/^\d+$/),
      laneHeight: z.string().regex(/^\d+$/),
      laneTip: z.string().regex(/^0x[0-9a-f]{64}$/),
      length: z.number().int().nonnegative(),
    }),
  ),
})

/** Body of a log record: `u32 length ‖ JSON of header, certificate and lane positions ‖ payloads`. */
export function encodeRecord({ certified, lanes }: SealedBlock): Uint8Array {
  const meta = JSON.stringify({
    certified: encodeCertifiedHeader(certified),
    lanes: lanes.map(({ lane, laneHeight, laneTip, payload }) => ({
      lane: lane.toString(),
      laneHeight: laneHeight.toString(),
      laneTip,
      length: payload.length,
    })),
  })
  const text = new TextEncoder().encode(meta)
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, text.length)
  return concatBytes(size, text, ...lanes.map((lane) => lane.payload))
}

/** Inverse of {@link encodeRecord}; payloads are views of `body`. @throws SequencerServiceError LOG_CORRUPT. */
export function decodeRecord(body: Uint8Array): SealedBlock {
  try {
    const size = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(0)
    const meta = metaSchema.parse(JSON.parse(new TextDecoder().decode(body.subarray(4, 4 + size))))
    let offset = 4 + size
    const lanes = meta.lanes.map(({ lane, laneHeight, laneTip, length }) => {
      const payload = body.subarray(offset, offset + length)
      offset += length
      return { lane: BigInt(lane), laneHeight: BigInt(laneHeight), laneTip: laneTip as `0x${string}`, payload }
    })
    if (offset !== body.length) throw new Error(`${body.length} bytes instead of ${offset}`)
    return { certified: parseCertifiedHeader(meta.certified, 'record'), lanes }
  } catch (cause) {
    throw new SequencerServiceError('LOG_CORRUPT', 'a log record does not decode', { cause })
  }
}
