import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A JSON-RPC call on its way to L1, and what L1 answered. */
export interface L1Exchange {
  readonly method: string
  readonly params: readonly unknown[]
  /** Changed in place or replaced by a lie. */
  result: unknown
}

/** What a lying endpoint makes of the exchange: a changed result, or the raw body to answer with; `hang` answers never. */
export type L1Lie = (exchange: L1Exchange) => undefined | { readonly body: string; readonly status?: number } | 'hang'

/** An endpoint between services and L1 that can be made to lie. */
export interface L1Proxy {
  readonly port: number
  /** Undefined: honest. */
  lie: L1Lie | undefined
  /** Where calls go. */
  target: string
  close(): Promise<void>
}

/** Starts an endpoint that passes everything on to `target`, until another is set. */
export async function startL1Proxy(target: string): Promise<L1Proxy> {
  const proxy: Pick<L1Proxy, 'lie' | 'target'> = { lie: undefined, target }
  const server = createServer((request, response) => {
    void answer(proxy.target, proxy.lie, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(proxy, {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

async function answer(target: string, lie: L1Lie | undefined, request: IncomingMessage, response: ServerResponse) {
  const body = await text(request)
  const call = JSON.parse(body) as { readonly id: number; readonly method: string; readonly params?: unknown[] }
  const headers = { 'content-type': 'application/json' }
  const honest = await fetch(target, { method: 'POST', headers, body })
  const reply = (await honest.json()) as { result?: unknown; error?: unknown }
  if (lie !== undefined) {
    const exchange: L1Exchange = { method: call.method, params: call.params ?? [], result: reply.result }
    const said = lie(exchange)
    if (said === 'hang') return
    if (said !== undefined) {
      response.writeHead(said.status ?? 200, headers).end(said.body)
      return
    }
    if (exchange.result !== undefined) reply.result = exchange.result
  }
  response.writeHead(200, headers).end(JSON.stringify(reply))
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
