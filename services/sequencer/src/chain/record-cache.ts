import type { BlockLog } from '../log/block-log.ts'
import type { SealedBlock } from './types.ts'

const overhead = 4_096

/** Reads of the log, the most recently used kept in at most `maxBytes`. */
export function createRecordCache(
  log: Pick<BlockLog, 'read'>,
  maxBytes: number,
): (height: number) => Promise<SealedBlock> {
  const cache = new Map<number, SealedBlock>()
  let used = 0
  const sizeOf = (block: SealedBlock) => block.lanes.reduce((sum, { payload }) => sum + payload.length, overhead)
  return async (height) => {
    const known = cache.get(height)
    if (known) {
      cache.delete(height)
      cache.set(height, known)
      return known
    }
    const block = await log.read(height)
    if (!cache.has(height)) {
      cache.set(height, block)
      used += sizeOf(block)
    }
    for (const [oldest, value] of cache) {
      if (used <= maxBytes) break
      cache.delete(oldest)
      used -= sizeOf(value)
    }
    return block
  }
}
