import { mkdirSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { SealedBlock } from '../chain/types.ts'
import { SequencerServiceError } from '../errors.ts'
import { lockDirectory } from './directory-lock.ts'
import { bodyMatches, decodeFrameHead, encodeFrame, frameHeadSize } from './frame.ts'
import { decodeRecord, encodeRecord } from './record.ts'
import { scanSegment } from './recover.ts'
import { createSegment, listSegments, readAt, type Segment, syncDirectory } from './segment.ts'
import { openWatermark } from './watermark.ts'

/** The sequencer's durable memory: one record for each height, from 1 on, in append-only segment files. */
export interface BlockLog {
  /** Height of the newest record; 0 when empty. */
  readonly height: number
  /** Appends the record of height + 1; it is on disk, and counts as announced, when this resolves. @throws SequencerServiceError LOG_FAILED, after which the log takes no more. */
  append(block: SealedBlock): Promise<void>
  /** The record at `height` in 1 … height. @throws SequencerServiceError LOG_CORRUPT. */
  read(height: number): Promise<SealedBlock>
  close(): Promise<void>
}

/** Options of {@link openBlockLog}. */
export interface BlockLogOptions {
  readonly dir: string
  /** A segment that has reached this size, in bytes, is followed by a new one. Default 64 MiB. */
  readonly segmentBytes?: number
  /** Called for every record in order while opening. */
  readonly onRecord: (block: SealedBlock) => void
}

interface OpenSegment extends Segment {
  readonly file: FileHandle
}

/**
 * Opens the log in `dir`: cuts the torn tail that a crash may have left, and refuses any other damage, because a header that
 * others hold must never be signed anew. Memory: one record and 8 bytes for each.
 * @throws SequencerServiceError LOG_CORRUPT, LOG_IN_USE.
 */
export async function openBlockLog({ dir, segmentBytes = 64 * 2 ** 20, onRecord }: BlockLogOptions): Promise<BlockLog> {
  mkdirSync(dir, { recursive: true })
  const unlock = lockDirectory(dir)
  const segments: OpenSegment[] = []
  const offsets: number[] = []
  let size = 0
  let failure: unknown

  async function recover() {
    const found = await listSegments(dir)
    for (const [i, segment] of found.entries()) {
      if (segment.firstHeight !== offsets.length + 1) throw corrupt('a segment is missing', { path: segment.path })
      size = await scanSegment(segment, i === found.length - 1, ({ height, offset, body }) => {
        if (height !== offsets.length + 1) throw corrupt('heights are not consecutive', { path: segment.path, height })
        onRecord(decodeRecord(body))
        offsets.push(offset)
      })
      segments.push({ ...segment, file: await open(segment.path, 'r+') })
    }
    checkAnnounced()
    await segments.at(-1)?.file.truncate(size)
    await segments.at(-1)?.file.datasync()
    // What was on disk before a crash may have been served.
    if (watermark.recovered !== offsets.length && offsets.length > 0) await watermark.raise(offsets.length)
  }

  /** The first announcement may itself be torn: then, and only then, no slot is valid, and the record before it is whole. */
  function checkAnnounced() {
    const announced = watermark.recovered ?? 1
    if (announced > offsets.length || (watermark.recovered === undefined && offsets.length > 1)) {
      throw corrupt('announced headers are missing', { height: offsets.length, announced: watermark.recovered })
    }
  }

  async function segmentForAppend(): Promise<OpenSegment> {
    const last = segments.at(-1)
    if (last && size < segmentBytes) return last
    const created = await createSegment(dir, offsets.length + 1)
    const opened = { ...created, file: await open(created.path, 'r+') }
    segments.push(opened)
    size = 0
    return opened
  }

  const watermark = await openWatermark(dir)
  const close = async () => {
    await Promise.all([watermark.close(), ...segments.map(({ file }) => file.close())])
    unlock()
  }
  try {
    await syncDirectory(dir)
    await recover()
  } catch (error) {
    await close()
    throw error
  }

  return {
    get height() {
      return offsets.length
    },
    append: async (block) => {
      if (failure !== undefined) throw failed(failure)
      try {
        const { file } = await segmentForAppend()
        const frame = encodeFrame(offsets.length + 1, encodeRecord(block))
        await writeAll(file, frame, size)
        await file.datasync()
        await watermark.raise(offsets.length + 1)
        offsets.push(size)
        size += frame.length
      } catch (error) {
        failure = error
        throw failed(error)
      }
    },
    read: async (height) => {
      const offset = offsets[height - 1]
      const segment = segments.findLast(({ firstHeight }) => firstHeight <= height)
      if (offset === undefined || !segment) throw new RangeError(`no record at height ${height}`)
      const head = decodeFrameHead(await readAt(segment.file, offset, frameHeadSize))
      const body = head && (await readAt(segment.file, offset + frameHeadSize, head.length))
      if (!head || !body || !bodyMatches(head, body)) throw corrupt('a record changed on disk', { height })
      return decodeRecord(body)
    },
    close,
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten
  }
}

function corrupt(message: string, details: Record<string, unknown>) {
  return new SequencerServiceError('LOG_CORRUPT', message, { details })
}

function failed(cause: unknown) {
  return new SequencerServiceError('LOG_FAILED', 'the log cannot be written; restart the sequencer', {
    retryable: true,
    cause,
  })
}
