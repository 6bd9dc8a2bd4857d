import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { contracts, signed, transfer } from '../support/accounts.ts'
import type { Answer } from '../support/client.ts'
import { type ServedRollup, serveRollup } from '../support/serve.ts'

interface Notification {
  readonly method: string
  readonly params: { readonly subscription: string; readonly result: Record<string, unknown> }
}

let rollup: ServedRollup
const sockets: WebSocket[] = []

beforeEach(async () => {
  const limits = { maxSubscriptions: 2, maxConnections: 2, maxBodySize: 10_000 }
  rollup = await serveRollup({ limits, access: { cors: ['https://app.example'] } }, false)
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await rollup.stop()
})

async function open(path = '/', options: object = {}) {
  const socket = new WebSocket(`${rollup.wsUrl}${path}`, options)
  sockets.push(socket)
  const notifications: Notification[] = []
  const answers = new Map<unknown, (answer: Answer) => void>()
  socket.on('message', (data) => {
    const message = JSON.parse(String(data))
    if ('method' in message) notifications.push(message)
    else answers.get(message.id)?.(message)
  })
  await once(socket, 'open')
  let id = 0
  const ask = (method: string, ...params: unknown[]) =>
    new Promise<Answer>((resolve) => {
      id++
      answers.set(id, resolve)
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    })
  return { socket, notifications, ask }
}

const log = (nonce: bigint) =>
  Buffer.from(signed(transfer({ nonce, to: contracts.logger, gasLimit: 60_000n })).slice(2), 'hex')

describe('WebSocket', () => {
  it('serves calls on both paths', async () => {
    for (const path of ['/', '/ws']) {
      const { ask } = await open(path)
      expect(await ask('eth_chainId')).toMatchObject({ result: '0x1092' })
    }
  })

  it('tells of heads and logs, and of logs that are gone', async () => {
    const { ask, notifications } = await open()
    const heads = (await ask('eth_subscribe', 'newHeads')).result
    const logs = (await ask('eth_subscribe', 'logs', { address: contracts.logger })).result
    const block = await rollup.seal({ raws: [log(0n)] })
    rollup.rollback(0n)
    await expect.poll(() => notifications.length).toBe(3)
    expect(notifications.map((item) => [item.params.subscription, item.params.result])).toMatchObject([
      [heads, { hash: block.hash, number: '0x1' }],
      [logs, { blockHash: block.hash, removed: false }],
      [logs, { blockHash: block.hash, removed: true }],
    ])
  })

  it('tells of accepted transactions, as hash or in full', async () => {
    const { ask, notifications } = await open()
    await ask('eth_subscribe', 'newPendingTransactions')
    await ask('eth_subscribe', 'newPendingTransactions', true)
    const { result } = await ask('eth_sendRawTransaction', signed(transfer()))
    await expect.poll(() => notifications.map((item) => item.params.result)).toMatchObject([result, { hash: result }])
  })

  it('ends a subscription', async () => {
    const { ask, notifications } = await open()
    const { result } = await ask('eth_subscribe', 'newHeads')
    expect((await ask('eth_unsubscribe', result)).result).toBe(true)
    expect((await ask('eth_unsubscribe', result)).error?.message).toBe('subscription not found')
    await rollup.seal({ raws: [] })
    await ask('eth_chainId')
    expect(notifications).toEqual([])
  })

  it('bounds subscriptions and connections', async () => {
    const { ask } = await open()
    for (let i = 0; i < 2; i++) await ask('eth_subscribe', 'newHeads')
    expect((await ask('eth_subscribe', 'newHeads')).error?.code).toBe(-32005)
    expect((await ask('eth_subscribe', 'nope')).error?.code).toBe(-32601)
    await open()
    const third = await open()
    expect((await once(third.socket, 'close'))[0]).toBe(1013)
  })

  it('refuses foreign origins and large messages', async () => {
    const foreign = new WebSocket(rollup.wsUrl, { origin: 'https://evil.example' })
    expect((await once(foreign, 'error'))[0]).toMatchObject({ message: 'Unexpected server response: 403' })
    const { socket } = await open('/', { origin: 'https://app.example' })
    socket.send(' '.repeat(10_001))
    expect((await once(socket, 'close'))[0]).toBe(1009)
  })

  it('closes a consumer that does not keep up', async () => {
    const slow = await serveRollup({ limits: { maxBuffered: 100_000 } }, false)
    const socket = new WebSocket(slow.wsUrl)
    await once(socket, 'open')
    const params = [{ to: contracts.counter }, 'latest', { [contracts.counter]: { code: '0x620f42405ff3' } }] // 1 MB of zeros
    const asked = performance.now()
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'eth_call', params }))
    await once(socket, 'message')
    const tookMs = performance.now() - asked
    socket.pause()
    for (let id = 1; id <= 40; id++) socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'eth_call', params }))
    // Long enough for a dozen of the answers, however busy the machine is.
    await new Promise((resolve) => setTimeout(resolve, 1_000 + 12 * tookMs))
    socket.resume()
    expect((await once(socket, 'close'))[0]).toBe(1013)
    await slow.stop()
  })

  it('survives garbage', async () => {
    const { socket, ask } = await open()
    socket.send('{')
    socket.send(Buffer.from([0xff, 0xfe]))
    socket.send('[]')
    expect(await ask('eth_chainId')).toMatchObject({ result: '0x1092' })
  })
})
