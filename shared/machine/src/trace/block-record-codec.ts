import { bytesEqual, concatBytes, keccak256 } from '@crema/protocol'
import type { BlockRecord } from './block-trace.ts'
import { TraceError } from './errors.ts'
import { createHashList } from './hash-list.ts'
import { keptHeight, type SegmentRecord } from './segment-trace.ts'

/** First byte: the form of what follows. */
const version = 1

/**
 * A record's bytes: version, states before and after, root, whether the assertion ends, number of segments (uint16); each segment's steps (uint32), state,
 * root, nodes; keccak256 of all that.
 */
export function encodeBlockRecord({ stateBefore, stateAfter, endsAssertion, root, segments }: BlockRecord): Uint8Array {
  const parts = [Uint8Array.of(version), stateBefore, stateAfter, root, Uint8Array.of(endsAssertion ? 1 : 0)]
  parts.push(uint(segments.length, 2))
  for (const segment of segments) {
    parts.push(uint(segment.steps, 4), segment.stateAfter, segment.root, segment.nodes.bytes())
  }
  const content = concatBytes(...parts)
  return concatBytes(content, keccak256(content))
}

/** The record of these bytes. Throws {@link TraceError} `BAD_RECORD` unless they are whole and of this version. */
export function decodeBlockRecord(bytes: Uint8Array): BlockRecord {
  const end = bytes.length - 32
  const isSound = end > 0 && bytesEqual(keccak256(bytes.subarray(0, end)), bytes.subarray(end))
  if (!isSound || bytes[0] !== version) {
    const details = { length: bytes.length, version: bytes[0], expected: version }
    throw new TraceError('BAD_RECORD', 'the stored block is damaged, or of another version', { details })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 1
  const skip = (length: number): number => {
    at += length
    return at - length
  }
  const take = (length: number): Uint8Array => new Uint8Array(bytes.subarray(skip(length), at))
  const stateBefore = take(32)
  const stateAfter = take(32)
  const root = take(32)
  const endsAssertion = bytes[skip(1)] === 1
  const count = view.getUint16(skip(2))
  const segments = Array.from({ length: count }, (): SegmentRecord => {
    const steps = view.getUint32(skip(4))
    const length = 32 * Math.ceil(steps / 2 ** keptHeight)
    return { steps, stateAfter: take(32), root: take(32), nodes: createHashList(take(length)) }
  })
  return { stateBefore, stateAfter, endsAssertion, root, segments }
}

function uint(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Math.floor(value / 2 ** (8 * (length - 1 - i))) % 256)
}
