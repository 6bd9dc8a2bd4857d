import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { WebSocketServer } from 'ws'
import { keepAlive } from './keep-alive.ts'
import { createRoutes } from './routes.ts'
import type { SequencerApi } from './sequencer-api.ts'
import { addWatchSocket } from './watch-socket.ts'

type WebSocketServerLike = NonNullable<Parameters<typeof serve>[0]['websocket']>['server']

/** Options of {@link startApiServer}. */
export interface ApiServerOptions {
  readonly api: SequencerApi
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly onFailure: (error: unknown) => void
  readonly maxConnections?: number
  readonly maxWatchers?: number
}

/** A listening API server. */
export interface ApiServer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

/** Starts the HTTP and WebSocket API. @throws Error of the socket, e.g. EADDRINUSE. */
export function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { api, host, port, onFailure, maxConnections = 4_096, maxWatchers = 1_024 } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024, perMessageDeflate: false })
  const stopPings = keepAlive(sockets)
  const app = createRoutes(api, onFailure)
  addWatchSocket(app, api, sockets, maxWatchers)
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        // The adapter reads the library's types narrower than the library writes them.
        websocket: { server: sockets as unknown as WebSocketServerLike },
        serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
      },
      (info: AddressInfo) => {
        server.off('error', reject)
        resolve({
          port: info.port,
          url: `http://${host.includes(':') ? `[${host}]` : host}:${info.port}`,
          close: () => {
            stopPings()
            return closeServer(server, sockets)
          },
        })
      },
    ) as Server
    server.maxConnections = maxConnections
    server.once('error', reject)
  })
}

function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  return new Promise((resolve) => {
    for (const socket of sockets.clients) socket.terminate()
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
