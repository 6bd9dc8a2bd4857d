import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** An endpoint before an L1. */
export interface FailingEndpoint {
  readonly url: string
  /** JSON-RPC error that `eth_call` ends in; undefined: none, L1 answers. */
  error: { readonly code: number; readonly message: string; readonly data?: unknown } | undefined
}

/** Starts an endpoint that passes everything on to `target`, but for calls that it is told to fail; it ends with the test. */
export async function failingEndpoint(target: string): Promise<FailingEndpoint> {
  const state: Pick<FailingEndpoint, 'error'> = { error: undefined }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const headers = { 'content-type': 'application/json' }
    const { id, method } = JSON.parse(body) as { id: number; method: string }
    if (state.error !== undefined && method === 'eth_call') {
      response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: '2.0', id, error: state.error }))
      return
    }
    const answer = await fetch(target, { method: 'POST', headers, body })
    response.writeHead(200, headers).end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}
