import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server'
import type { Hono } from 'hono'
import { WebSocketServer } from 'ws'
import type { RpcLimits } from '../limits.ts'

/** A listening server. */
export interface Listening {
  readonly port: number
  /** `http://host:port`; WebSocket is on the same port. */
  readonly url: string
  close(): Promise<void>
}

/** Time that open connections have to end before they are cut, in milliseconds. */
const closeGrace = 1_000

/** Serves `app` over HTTP and WebSocket. Rejects with the socket's error, such as EADDRINUSE. */
export function listen(app: Hono, limits: RpcLimits, port: number, host: string): Promise<Listening> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxBodySize })
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: host,
    // The interface wants a method of ws with a narrower `this`; ws' own server is what it is made for.
    websocket: { server: sockets as unknown as WebSocketServerLike },
    // geth's read and idle timeouts.
    serverOptions: { requestTimeout: 30_000, headersTimeout: 30_000, keepAliveTimeout: 120_000 },
  }) as Server
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const actual = (server.address() as AddressInfo).port
      const name = host.includes(':') ? `[${host}]` : host
      resolve({ port: actual, url: `http://${name}:${actual}`, close: () => close(server, sockets) })
    })
  })
}

function close(server: Server, sockets: WebSocketServer): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
    }, closeGrace)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    for (const socket of sockets.clients) socket.close(1001, 'server stops')
    server.closeIdleConnections()
  })
}
