import type { Heads, L2Block, LocatedLog } from '@crema/protocol'
import { blockLogs } from './format/receipt.ts'
import type { PoolEntry } from './mempool/pool.ts'
import type { NodeEvent, RpcLogger } from './ports.ts'

/** A block with its logs, worked out once for all subscribers. */
export interface FeedBlock {
  readonly block: L2Block
  logs(): readonly LocatedLog[]
}

/** What filters and subscriptions hear of. */
export type FeedEvent =
  | { readonly type: 'block'; readonly block: FeedBlock }
  | { readonly type: 'removed'; readonly blocks: readonly FeedBlock[] }
  | { readonly type: 'heads'; readonly heads: Heads }
  | { readonly type: 'pending'; readonly entry: PoolEntry }

/** Hands events to listeners, in order; a listener that throws does not disturb the others. */
export interface Feed {
  on(listener: (event: FeedEvent) => void): () => void
  emit(event: FeedEvent): void
}

/** Makes a {@link Feed}. */
export function createFeed(logger: RpcLogger): Feed {
  const listeners = new Set<(event: FeedEvent) => void>()
  return {
    on(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          logger.error({ err: error, event: event.type }, 'a subscriber failed')
        }
      }
    },
  }
}

/** A node's event as feed event. */
export function fromNode(event: NodeEvent): FeedEvent {
  if (event.type === 'block') return { type: 'block', block: withLogs(event.block) }
  if (event.type === 'removed') return { type: 'removed', blocks: event.blocks.map(withLogs) }
  return event
}

function withLogs(block: L2Block): FeedBlock {
  let logs: readonly LocatedLog[] | undefined
  return {
    block,
    logs: () => {
      logs ??= blockLogs(block)
      return logs
    },
  }
}
