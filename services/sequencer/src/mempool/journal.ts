import { mkdirSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { concatBytes, type Hash } from '@crema/protocol'
import { SequencerServiceError } from '../errors.ts'
import { encodeFrame } from '../log/frame.ts'
import { scanSegment } from '../log/recover.ts'
import { createSegment, listSegments, syncDirectory } from '../log/segment.ts'

/** A submission that was accepted for ordering. */
export interface Submission {
  readonly lane: bigint
  readonly hash: Hash
  readonly raw: Uint8Array
  /** Height of the newest header when it was accepted: only a later ordering settles it. */
  readonly height: bigint
}

/**
 * What was accepted and is not ordered yet, on disk: whoever was told that a transaction is accepted need not submit it again
 * after a crash. Append-only files; one is removed when all of its entries are settled.
 */
export interface PoolJournal {
  /** On disk when it resolves; calls that wait at the same time share one write. @throws SequencerServiceError LOG_FAILED, for good. */
  append(submission: Submission): Promise<void>
  /** Forgets entries that are in the block log, or were refused. */
  settle(lane: bigint, hashes: readonly Hash[]): void
  close(): Promise<void>
}

/** Options of {@link openPoolJournal}. */
export interface PoolJournalOptions {
  readonly dir: string
  /** A file of this size, in bytes, is followed by a new one. Default 8 MiB. */
  readonly segmentBytes?: number
  /** Called for each entry of earlier runs, in order of arrival; gives the hash of one that waits again, undefined for one that is ordered or refused. */
  readonly onEntry: (lane: bigint, raw: Uint8Array, height: bigint) => Hash | undefined
}

interface JournalFile {
  readonly path: string
  file: FileHandle | undefined
  size: number
  /** Entries that are not settled. */
  live: number
}

interface Waiting extends Submission {
  settled: boolean
  readonly written: PromiseWithResolvers<void>
}

/** Lane and height in front of the transaction. */
const headBytes = 16

/** Opens the journal in `dir`, created when missing. What a crash tore off was never acknowledged. @throws SequencerServiceError. */
export async function openPoolJournal(options: PoolJournalOptions): Promise<PoolJournal> {
  const { dir, segmentBytes = 8 * 2 ** 20, onEntry } = options
  mkdirSync(dir, { recursive: true })
  await syncDirectory(dir)
  const files = new Map<string, JournalFile>()
  const unwritten = new Map<string, Waiting>()
  const keyOf = (lane: bigint, hash: Hash) => `${lane}:${hash}`
  let queue: Waiting[] = []
  let current: JournalFile | undefined
  let sequence = 0
  let writing: Promise<void> | undefined
  let failure: unknown

  for (const segment of await listSegments(dir)) {
    const old: JournalFile = { path: segment.path, file: undefined, size: 0, live: 0 }
    sequence = Math.max(sequence, segment.firstHeight)
    await scanSegment(segment, true, ({ height, body }) => {
      sequence = Math.max(sequence, height)
      const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
      const lane = view.getBigUint64(0)
      const hash = onEntry(lane, body.slice(headBytes), view.getBigUint64(8))
      if (hash === undefined) return
      files.set(keyOf(lane, hash), old)
      old.live++
    })
    if (old.live === 0) await rm(old.path, { force: true })
  }

  async function fileForAppend(): Promise<JournalFile> {
    if (current && current.size < segmentBytes) return current
    const full = current
    const { path } = await createSegment(dir, sequence + 1)
    current = { path, file: await open(path, 'r+'), size: 0, live: 0 }
    if (full) await retire(full)
    return current
  }

  /** Closes a file that takes no more, and removes it once nothing in it is needed. */
  async function retire(old: JournalFile): Promise<void> {
    await old.file?.close()
    old.file = undefined
    if (old.live === 0) await rm(old.path, { force: true })
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const target = await fileForAppend()
    const frames = batch.map((entry) => encodeFrame(++sequence, concatBytes(encodeHead(entry), entry.raw)))
    const bytes = concatBytes(...frames)
    for (let done = 0; done < bytes.length; ) {
      done += (await target.file!.write(bytes, done, bytes.length - done, target.size + done)).bytesWritten
    }
    await target.file!.datasync()
    target.size += bytes.length
    for (const { lane, hash, settled } of batch) {
      unwritten.delete(keyOf(lane, hash))
      if (settled) continue
      files.set(keyOf(lane, hash), target)
      target.live++
    }
  }

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue
      queue = []
      try {
        if (failure !== undefined) throw failure
        await write(batch)
        for (const { written } of batch) written.resolve()
      } catch (cause) {
        failure = cause
        const message = 'the journal of accepted transactions cannot be written; restart the sequencer'
        for (const { written } of batch) {
          written.reject(new SequencerServiceError('LOG_FAILED', message, { retryable: true, cause }))
        }
      }
    }
    writing = undefined
  }

  return {
    append: (submission) => {
      const entry: Waiting = { ...submission, settled: false, written: Promise.withResolvers() }
      unwritten.set(keyOf(submission.lane, submission.hash), entry)
      queue.push(entry)
      writing ??= flush()
      return entry.written.promise
    },
    settle: (lane, hashes) => {
      for (const key of hashes.map((hash) => keyOf(lane, hash))) {
        const waiting = unwritten.get(key)
        if (waiting) waiting.settled = true
        const holder = files.get(key)
        if (!holder) continue
        files.delete(key)
        holder.live--
        // Removal may fail or be cut off: the entries are ordered, and the next start removes the file.
        if (holder.live === 0 && holder !== current) rm(holder.path, { force: true }).catch(() => {})
      }
    },
    close: async () => {
      await writing
      await current?.file?.close()
    },
  }
}

function encodeHead({ lane, height }: Submission): Uint8Array {
  const bytes = new Uint8Array(headBytes)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, lane)
  view.setBigUint64(8, height)
  return bytes
}
