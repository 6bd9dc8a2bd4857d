import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { keepAlive } from '../../src/api/keep-alive.ts'
import { eventually } from '../support/running.ts'

it('ends connections that no longer answer and keeps the others', async () => {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const stop = keepAlive(sockets, 400)
  onTestFinished(() => {
    stop()
    for (const socket of sockets.clients) socket.terminate()
    http.close()
  })
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  const live = new WebSocket(url)
  const dead = new WebSocket(url, { autoPong: false })
  await Promise.all([live, dead].map((socket) => new Promise((resolve) => socket.once('open', resolve))))
  await eventually(() => (dead.readyState === WebSocket.CLOSED ? true : undefined))
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(live.readyState).toBe(WebSocket.OPEN)
})
