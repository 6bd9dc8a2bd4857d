import { encodeAnnouncement } from '@crema/sequencer-client'
import { upgradeWebSocket } from '@hono/node-server'
import type { Hono } from 'hono'
import type { WebSocket, WebSocketServer } from 'ws'
import { Refusal } from '../errors.ts'
import { uintParameter } from './params.ts'
import type { SequencerApi } from './sequencer-api.ts'

/** A reader that is this many bytes behind is disconnected; it comes back and asks where the lane stands. */
const maxBufferedBytes = 64 * 1024

/**
 * Adds `GET /v1/watch?lane=`: a WebSocket that sends `{lane, laneHeight}` at once and for every new block of the lane. What
 * clients send is ignored. At most `maxSockets` at a time.
 */
export function addWatchSocket(app: Hono, api: SequencerApi, sockets: WebSocketServer, maxSockets: number): void {
  app.get(
    '/v1/watch',
    async (c, next) => {
      await api.lane(uintParameter('lane', c.req.query('lane')))
      if (sockets.clients.size >= maxSockets) {
        throw new Refusal(429, 'TOO_MANY_WATCHERS', `at most ${maxSockets} watchers`, { retryable: true })
      }
      await next()
    },
    upgradeWebSocket((c) => {
      const lane = uintParameter('lane', c.req.query('lane'))
      const closed = new AbortController()
      return {
        onOpen: (_event, context) => {
          const socket = context.raw as WebSocket
          const announce = (laneHeight: bigint) => {
            if (socket.bufferedAmount > maxBufferedBytes) socket.terminate()
            else socket.send(JSON.stringify(encodeAnnouncement({ lane, laneHeight })))
          }
          api.watch(lane, announce, closed.signal)
          api.lane(lane).then(
            ({ laneHeight }) => announce(laneHeight),
            () => socket.terminate(),
          )
        },
        onClose: () => closed.abort(),
        onError: () => closed.abort(),
      }
    }),
  )
}
