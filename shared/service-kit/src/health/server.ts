import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/** Options of `startHealthServer`. */
export interface HealthOptions {
  /** Port to listen on; 0 takes a free one. */
  readonly port: number
  /** Default 127.0.0.1: the server says much about a service and has no access control. */
  readonly host?: string
  /** Reasons why the service is not ready; empty when it is. */
  readonly notReady: () => readonly string[] | Promise<readonly string[]>
  /** Any JSON-able value; bigints become decimal strings. */
  readonly status: () => unknown
  /** Prometheus text. */
  readonly metrics: () => Promise<string>
  /** Questions of one word, by name: GET /NAME/WORD answers any JSON-able value. What is thrown is answered as a 500 with `error`. */
  readonly questions?: Readonly<Record<string, (word: string) => unknown>>
}

/** A listening health server. */
export interface HealthServer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

const json = (value: unknown) =>
  JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item), 2)

/** The routes without a socket: GET /health, /ready, /status, /metrics, and the questions. */
export function healthApp({ notReady, status, metrics, questions = {} }: Omit<HealthOptions, 'port' | 'host'>): Hono {
  const app = new Hono()
  const jsonHeaders = { 'content-type': 'application/json' }
  app.get('/health', (c) => c.body('{"status":"alive"}\n', 200, jsonHeaders))
  app.get('/ready', async (c) => {
    const reasons = await notReady()
    return c.body(`${json({ ready: reasons.length === 0, reasons })}\n`, reasons.length === 0 ? 200 : 503, jsonHeaders)
  })
  app.get('/status', async (c) => c.body(`${json((await status()) ?? null)}\n`, 200, jsonHeaders))
  app.get('/metrics', async (c) =>
    c.body(await metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  )
  for (const [name, answer] of Object.entries(questions)) {
    app.get(`/${name}/:word`, async (c) =>
      c.body(`${json((await answer(c.req.param('word'))) ?? null)}\n`, 200, jsonHeaders),
    )
  }
  app.notFound((c) => c.body('{"error":"not found"}\n', 404, jsonHeaders))
  app.onError((error, c) => c.body(`${json({ error: error.message })}\n`, 500, jsonHeaders))
  return app
}

/**
 * Starts the server on its own port.
 * @throws Error of the socket, e.g. EADDRINUSE.
 */
export function startHealthServer(options: HealthOptions): Promise<HealthServer> {
  const hostname = options.host ?? '127.0.0.1'
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: healthApp(options).fetch, port: options.port, hostname }, (info: AddressInfo) => {
      server.off('error', reject)
      const host = hostname.includes(':') ? `[${hostname}]` : hostname
      resolve({
        port: info.port,
        url: `http://${host}:${info.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      })
    })
    server.once('error', reject)
  })
}
