import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** One file of the log. Its name is the height of its first record. */
export interface Segment {
  readonly firstHeight: number
  readonly path: string
}

const namePattern = /^(\d{16})\.log$/

/** The log's files in order of height. */
export async function listSegments(dir: string): Promise<Segment[]> {
  const names = (await readdir(dir)).filter((name) => namePattern.test(name)).sort()
  return names.map((name) => ({ firstHeight: Number(name.slice(0, 16)), path: join(dir, name) }))
}

/** A new, empty segment; its directory entry is durable when this resolves. */
export async function createSegment(dir: string, firstHeight: number): Promise<Segment> {
  const path = join(dir, `${firstHeight.toString().padStart(16, '0')}.log`)
  await (await open(path, 'a')).close()
  await syncDirectory(dir)
  return { firstHeight, path }
}

/** Makes creations and removals in `dir` durable. */
export async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Exactly `length` bytes at `offset`, or fewer at the end of the file. */
export async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}
