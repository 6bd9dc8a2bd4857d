import type { L2Block } from '@crema/protocol'
import type { Pool } from './pool.ts'

/** Takes what a block included, skipped or made impossible out of the pool. */
export function dropIncluded(pool: Pool, block: L2Block): void {
  if (pool.size === 0) return
  for (const skipped of block.skipped) pool.remove(skipped.hash)
  for (const { hash, from, decoded } of block.transactions) {
    pool.remove(hash)
    if (decoded.type === 0x7e) continue
    for (const [nonce, entry] of pool.bySender(from)) if (nonce <= decoded.nonce) pool.remove(entry.hash)
  }
}

/** Puts transactions of blocks that left the chain back: the sequencer has ordered them, so they will execute again. */
export function restoreRemoved(pool: Pool, blocks: readonly L2Block[], now: number): void {
  for (const { hash, from, decoded, raw } of blocks.toReversed().flatMap((block) => block.transactions)) {
    if (decoded.type === 0x7e || pool.get(hash) !== undefined) continue
    try {
      pool.add({ hash, from, decoded, raw, addedAt: now, stage: 'submitted' })
    } catch {
      return // Full: the pool is a preview, and the chain does not depend on it.
    }
  }
}
