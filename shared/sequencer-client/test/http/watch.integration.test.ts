import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { createHttpSequencerClient } from '../../src/http/client.ts'

/** A sequencer's watching side: a settable lane height, over HTTP and, if wanted, WebSocket. */
async function watchable({ sockets = true, port = 0 } = {}) {
  const state = { laneHeight: 1n, polls: 0 }
  const body = () => JSON.stringify({ lane: '7', laneHeight: state.laneHeight.toString() })
  const server = createServer((_request, response) => {
    state.polls++
    response.end(body())
  })
  const wss = new WebSocketServer({ noServer: true })
  if (sockets) {
    server.on('upgrade', (request, socket, head) =>
      wss.handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', () => {})
        ws.send(body())
      }),
    )
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of wss.clients) socket.terminate()
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(close)
  const announce = (laneHeight: bigint) => {
    state.laneHeight = laneHeight
    for (const socket of wss.clients) socket.send(body())
  }
  return { state, wss, announce, close, port: (server.address() as AddressInfo).port }
}

function watching(port: number, pollMs: number, ws?: false) {
  const url = `http://127.0.0.1:${port}`
  const client = createHttpSequencerClient({ url, pollMs, ...(ws === false ? { ws } : {}) })
  const seen: bigint[] = []
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  client.watch(7n, (laneHeight) => seen.push(laneHeight), stop.signal)
  return { seen, stop }
}

const until = async (condition: () => boolean, ms = 20_000) => {
  const deadline = Date.now() + ms
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('condition not met in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const connected = (wss: WebSocketServer) => until(() => wss.clients.size === 1)

describe('watching a lane', () => {
  it('hears over WebSocket, without waiting for a poll', async () => {
    const other = await watchable()
    const watch = watching(other.port, 60_000)
    await connected(other.wss)
    await until(() => watch.seen.at(-1) === 1n)
    for (const height of [2n, 3n, 9n]) {
      other.announce(height)
      await until(() => watch.seen.at(-1) === height)
    }
    expect(watch.seen).toEqual([1n, 2n, 3n, 9n])
  })

  it('polls where there is no WebSocket', async () => {
    const { announce, port } = await watchable({ sockets: false })
    const both = watching(port, 20)
    const pollOnly = watching(port, 20, false)
    await until(() => both.seen.length === 1 && pollOnly.seen.length === 1)
    announce(5n)
    await until(() => both.seen.at(-1) === 5n && pollOnly.seen.at(-1) === 5n)
  })

  it('comes back after the sequencer was away', async () => {
    const first = await watchable()
    const { seen } = watching(first.port, 30)
    await connected(first.wss)
    await first.close()
    await new Promise((resolve) => setTimeout(resolve, 200))
    const second = await watchable({ port: first.port })
    second.state.laneHeight = 4n
    await until(() => seen.at(-1) === 4n)
    await connected(second.wss)
    second.announce(5n)
    await until(() => seen.at(-1) === 5n)
  })

  it('drops a WebSocket that sends anything malformed, and lives on', async () => {
    const { wss, port, announce } = await watchable()
    const { seen } = watching(port, 30)
    for (const message of ['', 'x', '{}', '{"lane":7,"laneHeight":"1"}', Buffer.from([1]), 'y'.repeat(10_000)]) {
      await connected(wss)
      const [socket] = [...wss.clients] as WebSocket[]
      const closed = new Promise((resolve) => socket!.once('close', resolve))
      socket!.send(message)
      await closed
    }
    announce(3n)
    await until(() => seen.at(-1) === 3n)
  })

  it('is not stuck on an absurd announcement', async () => {
    const { wss, port, announce } = await watchable()
    const { seen } = watching(port, 60_000)
    await connected(wss)
    announce(2n ** 64n - 1n)
    await until(() => seen.at(-1) === 2n ** 64n - 1n)
    announce(3n)
    await until(() => seen.at(-1) === 3n)
  })

  it('ends with its signal', async () => {
    const { wss, state, port, announce } = await watchable()
    const { seen, stop } = watching(port, 10)
    await connected(wss)
    stop.abort()
    await until(() => wss.clients.size === 0)
    const { length } = seen
    const { polls } = state
    announce(9n)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen.length).toBe(length)
    expect(state.polls).toBeLessThanOrEqual(polls + 1)
  })
})
