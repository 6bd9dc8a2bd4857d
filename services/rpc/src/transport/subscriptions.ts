import { randomBytes } from 'node:crypto'
import type { Subscription, Subscriptions } from '../context.ts'
import { rpcError } from '../errors.ts'
import type { Feed, FeedBlock, FeedEvent } from '../feed.ts'
import { matchesLog } from '../filters/match.ts'
import { formatHeader } from '../format/header.ts'
import { formatLog } from '../format/log.ts'
import { formatTransaction } from '../format/transaction.ts'

/** Subscriptions of one connection; notifications go out by `send`. */
export interface ConnectionSubscriptions {
  /** For the calls of one message. */
  forMessage(): MessageSubscriptions
  close(): void
}

/** Subscriptions as the calls of one message see them. */
export interface MessageSubscriptions extends Subscriptions {
  /** Begins to notify those that this message made: to be called once its answer, with their ids, is sent. */
  start(): void
}

/** Makes {@link ConnectionSubscriptions}, at most `limit` at a time. */
export function createConnectionSubscriptions(
  feed: Feed,
  limit: number,
  send: (text: string) => void,
): ConnectionSubscriptions {
  const active = new Map<string, Subscription>()
  /** Events for subscriptions whose ids the client has not been told yet. */
  const held = new Map<string, FeedEvent[]>()

  const notify = (id: string, event: FeedEvent) => {
    const subscription = active.get(id)
    if (subscription === undefined) return
    for (const result of notifications(subscription, event)) {
      send(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription: id, result } }))
    }
  }
  const stop = feed.on((event) => {
    for (const id of active.keys()) {
      const waiting = held.get(id)
      if (waiting === undefined) notify(id, event)
      else waiting.push(event)
    }
  })

  return {
    forMessage() {
      const made: string[] = []
      return {
        create(subscription) {
          if (active.size >= limit) throw rpcError('limitExceeded', 'too many subscriptions')
          const id = `0x${randomBytes(16).toString('hex')}`
          active.set(id, subscription)
          held.set(id, [])
          made.push(id)
          return id
        },
        cancel(id) {
          held.delete(id)
          return active.delete(id)
        },
        start() {
          for (const id of made.splice(0)) {
            const events = held.get(id) ?? []
            held.delete(id)
            for (const event of events) notify(id, event)
          }
        },
      }
    },
    close() {
      stop()
      active.clear()
      held.clear()
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
