import { limits } from '@crema/protocol'
import type { Mempool } from '../mempool/mempool.ts'
import type { Waiting } from '../mempool/pool.ts'
import type { Chain } from './chain.ts'
import type { Heartbeats } from './heartbeats.ts'
import type { OriginSource, PayloadEncoder, TimestampSource } from './ports.ts'
import type { SealedBlock } from './types.ts'

/** Parts of {@link createProduction}. */
export interface ProductionParts {
  readonly chain: Chain
  readonly mempool: Mempool
  readonly heartbeats: Heartbeats
  readonly origins: OriginSource
  readonly timestamps: TimestampSource
  readonly encode: PayloadEncoder
}

/**
 * Returns what makes the next block out of what waits: a lane gets a block when it has a transaction or a due heartbeat; without
 * any such lane there is no header (undefined), so an idle chain does not grow. What was taken leaves the pool only once the
 * block is durable. Calls must not overlap.
 */
export function createProduction(parts: ProductionParts): () => Promise<SealedBlock | undefined> {
  const { chain, mempool, heartbeats, origins, timestamps, encode } = parts
  return async () => {
    const due = new Set(heartbeats.due())
    const taken = new Map<bigint, readonly Waiting[]>()
    for (const lane of chain.state.lanes.keys()) {
      const waiting = mempool.pick(lane, limits.maxPayloadSize, limits.maxEntries)
      if (waiting.length > 0 || due.has(lane)) taken.set(lane, waiting)
    }
    if (taken.size === 0) return undefined
    const block = await chain.seal({
      timestamp: timestamps(chain.state.timestamp),
      origin: origins(chain.state.origin),
      payloads: new Map([...taken].map(([lane, waiting]) => [lane, encode(waiting.map(({ raw }) => raw))])),
    })
    for (const [lane, waiting] of taken) {
      mempool.remove(lane, waiting)
      heartbeats.answered(lane)
    }
    return block
  }
}
