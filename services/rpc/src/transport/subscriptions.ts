import { randomBytes } from 'node:crypto'
import type { Subscription, Subscriptions } from '../context.ts'
import { rpcError } from '../errors.ts'
import type { Feed, FeedBlock, FeedEvent } from '../feed.ts'
import { matchesLog } from '../filters/match.ts'
import { formatHeader } from '../format/header.ts'
import { formatLog } from '../format/log.ts'
import { formatTransaction } from '../format/transaction.ts'

/** Subscriptions of one connection; notifications go out by `send`. */
export interface ConnectionSubscriptions extends Subscriptions {
  /** Begins to notify subscriptions made since the last call: to be called once the client has been told their ids. */
  start(): void
  close(): void
}

/** Makes {@link ConnectionSubscriptions}, at most `limit` at a time. */
export function createConnectionSubscriptions(
  feed: Feed,
  limit: number,
  send: (text: string) => void,
): ConnectionSubscriptions {
  const active = new Map<string, Subscription>()
  const held: FeedEvent[] = []
  const fresh = new Set<string>()

  const notify = (id: string, event: FeedEvent) => {
    const subscription = active.get(id)
    if (subscription === undefined) return
    for (const result of notifications(subscription, event)) {
      send(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription: id, result } }))
    }
  }
  const stop = feed.on((event) => {
    if (fresh.size > 0) held.push(event)
    for (const id of active.keys()) if (!fresh.has(id)) notify(id, event)
  })

  return {
    create(subscription) {
      if (active.size >= limit) throw rpcError('limitExceeded', 'too many subscriptions')
      const id = `0x${randomBytes(16).toString('hex')}`
      active.set(id, subscription)
      fresh.add(id)
      return id
    },
    cancel: (id) => active.delete(id),
    start() {
      for (const id of fresh) for (const event of held) notify(id, event)
      fresh.clear()
      held.length = 0
    },
    close() {
      stop()
      active.clear()
    },
  }
}

/** What a subscription is told of an event. */
function notifications(subscription: Subscription, event: FeedEvent): readonly unknown[] {
  if (subscription.kind === 'newHeads') {
    return event.type === 'block' ? [formatHeader({ ...event.block.block.header, hash: event.block.block.hash })] : []
  }
  if (subscription.kind === 'newPendingTransactions') {
    if (event.type !== 'pending') return []
    return [subscription.full ? formatTransaction(event.entry) : event.entry.hash]
  }
  const matching = (block: FeedBlock, removed: boolean) =>
    block.logs().flatMap((log) => (matchesLog(subscription.criteria, log) ? [formatLog(log, removed)] : []))
  if (event.type === 'block') return matching(event.block, false)
  return event.type === 'removed' ? event.blocks.flatMap((block) => matching(block, true)) : []
}
