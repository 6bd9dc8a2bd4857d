import { upgradeWebSocket } from '@hono/node-server'
import type { Hono } from 'hono'
import type { WebSocket } from 'ws'
import { rpcError } from '../errors.ts'
import type { Feed } from '../feed.ts'
import type { RpcLimits } from '../limits.ts'
import type { Dispatcher } from './dispatch.ts'
import type { AccessOptions } from './http.ts'
import { createConnectionSubscriptions } from './subscriptions.ts'

/** Code with which a consumer that does not keep up is closed (RFC 6455, "try again later"). */
const tryAgainLater = 1013

/** Adds WebSocket upgrades on `/` and `/ws`. */
export function addWebSocket(
  app: Hono,
  dispatcher: Dispatcher,
  feed: Feed,
  limits: RpcLimits,
  access: AccessOptions,
): void {
  let connections = 0
  const upgrade = upgradeWebSocket(() => {
    let connection: Connection | undefined
    return {
      onOpen(_event, ws) {
        const socket = ws.raw as unknown as WebSocket
        connections++
        connection = openConnection(socket, dispatcher, feed, limits)
        if (connections > limits.maxConnections) socket.close(tryAgainLater, 'too many connections')
      },
      onMessage(event) {
        if (typeof event.data === 'string') connection?.receive(event.data)
        else connection?.receive(Buffer.from(event.data as ArrayBuffer).toString('utf8'))
      },
      onClose() {
        if (connection === undefined) return
        connections--
        connection.close()
        connection = undefined
      },
    }
  })
  for (const path of ['/', '/ws']) {
    app.get(path, async (c, next) => {
      if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') return next()
      const origin = c.req.header('origin')
      if (origin !== undefined && !access.cors.includes('*') && !access.cors.includes(origin)) {
        return c.text('origin not allowed', 403)
      }
      return upgrade(c, next)
    })
  }
}

interface Connection {
  receive(text: string): void
  close(): void
}

function openConnection(socket: WebSocket, dispatcher: Dispatcher, feed: Feed, limits: RpcLimits): Connection {
  const send = (text: string) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > limits.maxBuffered) socket.close(tryAgainLater, 'consumer too slow')
    else socket.send(text)
  }
  const subscriptions = createConnectionSubscriptions(feed, limits.maxSubscriptions, send)
  let inflight = 0
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  const ping = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, limits.pingInterval)
  ping.unref()

  const answer = async (text: string) => {
    inflight++
    const own = subscriptions.forMessage()
    const reply = await dispatcher.handle(text, { subscriptions: own })
    inflight--
    if (reply !== undefined) send(reply)
    // Events wait until the client has the id of the subscription that they belong to.
    own.start()
  }
  return {
    receive(text) {
      if (inflight < limits.maxInflight) void answer(text)
      else {
        const { code, message } = rpcError('limitExceeded', 'too many unanswered requests')
        send(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }))
      }
    },
    close() {
      clearInterval(ping)
      subscriptions.close()
    },
  }
}
