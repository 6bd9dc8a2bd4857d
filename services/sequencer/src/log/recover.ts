import { open } from 'node:fs/promises'
import { SequencerServiceError } from '../errors.ts'
import { bodyMatches, decodeFrameHead, frameHeadSize } from './frame.ts'
import { readAt, type Segment } from './segment.ts'

/** A valid record found while scanning. */
export interface ScannedRecord {
  readonly height: number
  readonly offset: number
  readonly body: Uint8Array
}

/**
 * Reads a segment record by record, one in memory at a time, and returns the size of its valid part. Only the last segment may
 * have more than that, the torn write of a crash; whether it was one, the watermark tells.
 * @throws SequencerServiceError LOG_CORRUPT.
 */
export async function scanSegment(
  segment: Segment,
  isLast: boolean,
  onRecord: (record: ScannedRecord) => void,
): Promise<number> {
  const file = await open(segment.path, 'r')
  try {
    const { size } = await file.stat()
    let offset = 0
    while (offset < size) {
      const head = decodeFrameHead(await readAt(file, offset, frameHeadSize))
      const body = head && (await readAt(file, offset + frameHeadSize, Math.min(head.length, size - offset)))
      if (!head || !body || !bodyMatches(head, body)) break
      onRecord({ height: head.height, offset, body })
      offset += frameHeadSize + head.length
    }
    if (offset < size && !isLast) throw corrupt(segment, offset)
    return offset
  } finally {
    await file.close()
  }
}

function corrupt(segment: Segment, offset: number) {
  return new SequencerServiceError('LOG_CORRUPT', 'the log is damaged before its end', {
    details: { path: segment.path, offset },
  })
}
