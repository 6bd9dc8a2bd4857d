import { crc32 } from 'node:zlib'

/**
 * One record of the log: `"CRML" ‖ height u64 ‖ length u32 ‖ crc32(bytes before) u32 ‖ crc32(body) u32 ‖ body`, big-endian. The
 * head has its own checksum, so that a damaged length is never taken for the end of the file.
 */
export const frameHeadSize = 24
const magic = 0x43524d4c
/** Largest body: a defence against allocating what a damaged length claims. */
export const maxBodySize = 512 * 1024 * 1024

/** What a record's head says. */
export interface FrameHead {
  readonly height: number
  readonly length: number
  readonly bodyCrc: number
}

/** The record of `body` at `height`. */
export function encodeFrame(height: number, body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(frameHeadSize + body.length)
  const view = new DataView(frame.buffer)
  view.setUint32(0, magic)
  view.setBigUint64(4, BigInt(height))
  view.setUint32(12, body.length)
  view.setUint32(16, crc32(frame.subarray(0, 16)))
  view.setUint32(20, crc32(body))
  frame.set(body, frameHeadSize)
  return frame
}

/** The head at the start of `bytes`, or undefined when it is incomplete or damaged. */
export function decodeFrameHead(bytes: Uint8Array): FrameHead | undefined {
  if (bytes.length < frameHeadSize) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0) !== magic || view.getUint32(16) !== crc32(bytes.subarray(0, 16))) return undefined
  const length = view.getUint32(12)
  if (length > maxBodySize) return undefined
  return { height: Number(view.getBigUint64(4)), length, bodyCrc: view.getUint32(20) }
}

/** Whether `body` is what `head` announces. */
export function bodyMatches(head: FrameHead, body: Uint8Array): boolean {
  return body.length === head.length && crc32(body) === head.bodyCrc
}
