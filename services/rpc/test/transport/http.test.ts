import { beforeAll, describe, expect, it } from 'vitest'
import type { Rpc } from '../../src/index.ts'
import { alloc } from '../support/accounts.ts'
import { createTestRollup } from '../support/test-rollup.ts'

let rpc: Rpc

beforeAll(async () => {
  rpc = (await createTestRollup(alloc, { access: { cors: ['https://app.example'], vhosts: ['rollup.example'] } })).rpc
})

const body = '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}'

function post(text: string, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } }
  return Promise.resolve(rpc.app.request('http://127.0.0.1/', init))
}

describe('HTTP', () => {
  it('answers a POST with JSON', async () => {
    const response = await post(body)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ jsonrpc: '2.0', id: 1, result: '0x1092' })
  })

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json-rpc', 'application/jsonrequest'])(
    'takes content type %s',
    async (type) => expect((await post(body, { 'content-type': type })).status).toBe(200),
  )

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('refuses content type %s', async (type) => {
    expect((await post(body, { 'content-type': type })).status).toBe(415)
  })

  it('refuses a body over 5 MiB', async () => {
    expect((await post(' '.repeat(5 * 1024 * 1024 + 1))).status).toBe(413)
    expect((await post(body + ' '.repeat(5 * 1024 * 1024 - body.length))).status).toBe(200)
  })

  it('refuses other methods and paths', async () => {
    expect((await rpc.app.request('http://127.0.0.1/')).status).toBe(405)
    expect((await rpc.app.request('http://127.0.0.1/nope', { method: 'POST', body })).status).toBe(404)
  })

  it('answers notifications with an empty body', async () => {
    const response = await post('{"jsonrpc":"2.0","method":"eth_chainId"}')
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('lets configured origins read, and no others', async () => {
    const allowed = await post(body, { origin: 'https://app.example' })
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example')
    const refused = await post(body, { origin: 'https://evil.example' })
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
  })

  it.each([
    ['rollup.example', 200],
    ['ROLLUP.example:8545', 200],
    ['10.1.2.3:8545', 200],
    ['[::1]:8545', 200],
    ['rebound.example', 403],
    ['localhost:8545', 403],
  ])('host %s: %i', async (host, status) => {
    expect((await post(body, { host })).status).toBe(status)
  })
})
