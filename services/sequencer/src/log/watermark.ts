import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/**
 * Height up to which headers may have left the process, kept apart from the log. A log that ends below it has lost records that
 * others may hold, and must not be continued: the sequencer would sign a second header at the same height.
 */
export interface Watermark {
  /** 0 before the first announcement; undefined when the file holds no valid slot. */
  readonly recovered: number | undefined
  /** Durable when it resolves. */
  raise(height: number): Promise<void>
  close(): Promise<void>
}

// Two slots written in turn: a torn write damages one, the other still holds the height before.
const slotSize = 16

/** Opens or creates `dir/watermark`. */
export async function openWatermark(dir: string): Promise<Watermark> {
  const file = await openOrCreate(join(dir, 'watermark'))
  const bytes = await file.readFile()
  const heights = [decodeSlot(bytes.subarray(0, slotSize)), decodeSlot(bytes.subarray(slotSize, 2 * slotSize))]
  const valid = heights.filter((height) => height !== undefined)
  return {
    recovered: bytes.length === 0 ? 0 : valid.length === 0 ? undefined : Math.max(...valid),
    raise: async (height) => {
      await file.write(encodeSlot(height), 0, slotSize, (height % 2) * slotSize)
      await file.datasync()
    },
    close: () => file.close(),
  }
}

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return await open(path, 'wx+')
  }
}

function encodeSlot(height: number): Uint8Array {
  const slot = new Uint8Array(slotSize)
  const view = new DataView(slot.buffer)
  view.setBigUint64(0, BigInt(height))
  view.setUint32(12, crc32(slot.subarray(0, 12), 0x43524d4c))
  return slot
}

function decodeSlot(slot: Uint8Array): number | undefined {
  if (slot.length < slotSize) return undefined
  const view = new DataView(slot.buffer, slot.byteOffset, slot.byteLength)
  return view.getUint32(12) === crc32(slot.subarray(0, 12), 0x43524d4c) ? Number(view.getBigUint64(0)) : undefined
}
