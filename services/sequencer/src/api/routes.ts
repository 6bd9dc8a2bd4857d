import {
  encodeAnnouncement,
  encodeCertifiedHeader,
  encodeError,
  encodeInfo,
  encodeLaneProof,
  encodeLaneRange,
  encodeStatus,
} from '@crema/sequencer-client'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '../errors.ts'
import { maxRangeBlocks } from './lane-range.ts'
import { countParameter, hashParameter, rawTransaction, uintParameter } from './params.ts'
import type { SequencerApi } from './sequencer-api.ts'
import { noHeader } from './service.ts'

/** Largest request body in bytes: the largest transaction as hex in JSON, with room for what is then refused as too large. */
export const maxBodyBytes = 256 * 1024
const defaultBlocks = 64

/** The HTTP API (README.md) over `api`. `onFailure` hears of errors that are not refusals. */
export function createRoutes(api: SequencerApi, onFailure: (error: unknown) => void): Hono {
  const app = new Hono()
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw new Refusal(413, 'BODY_TOO_LARGE', `a body has at most ${maxBodyBytes} bytes`)
      },
    }),
  )
  app.onError((error, c) => {
    if (error instanceof Refusal) {
      const { code, message, retryable, status } = error
      // The rest of the body is not read, so the connection cannot be used again.
      if (status === 413) c.header('connection', 'close')
      return c.json(encodeError({ code, message, retryable }), status)
    }
    onFailure(error)
    return c.json(encodeError({ code: 'INTERNAL', message: 'the sequencer failed', retryable: true }), 500)
  })
  app.notFound((c) =>
    c.json(encodeError({ code: 'NOT_FOUND', message: 'no such path or method', retryable: false }), 404),
  )

  app.get('/v1/info', async (c) => c.json(encodeInfo(await api.info())))
  app.get('/v1/lanes/:lane', async (c) =>
    c.json(encodeAnnouncement(await api.lane(uintParameter('lane', c.req.param('lane'))))),
  )
  app.post('/v1/lanes/:lane/transactions', async (c) => {
    const lane = uintParameter('lane', c.req.param('lane'))
    const body = new Uint8Array(await c.req.arrayBuffer())
    return c.json({ hash: await api.submit(lane, rawTransaction(c.req.header('content-type'), body)) })
  })
  app.get('/v1/lanes/:lane/transactions/:hash', async (c) => {
    const lane = uintParameter('lane', c.req.param('lane'))
    return c.json(encodeStatus(await api.status(lane, hashParameter('hash', c.req.param('hash')))))
  })
  app.post('/v1/lanes/:lane/heartbeat', async (c) => {
    await api.heartbeat(uintParameter('lane', c.req.param('lane')))
    return c.json({})
  })
  app.get('/v1/lanes/:lane/blocks', async (c) => {
    const lane = uintParameter('lane', c.req.param('lane'))
    const fromLaneHeight = uintParameter('from', c.req.query('from'))
    const limit = countParameter('limit', c.req.query('limit'), defaultBlocks, maxRangeBlocks)
    const range = await api.blocks({ lane, fromLaneHeight, limit })
    if (!range) {
      throw new Refusal(404, 'NO_BLOCK', `lane ${lane} has no block at ${fromLaneHeight}`, { retryable: true })
    }
    return c.json(encodeLaneRange(range))
  })
  app.get('/v1/headers/:height', async (c) => {
    const height = uintParameter('height', c.req.param('height'))
    const certified = await api.certifiedHeader(height)
    if (!certified) throw noHeader(height)
    return c.json(encodeCertifiedHeader(certified))
  })
  app.get('/v1/headers/:height/lanes/:lane', async (c) => {
    const height = uintParameter('height', c.req.param('height'))
    return c.json(encodeLaneProof(await api.laneProof(height, uintParameter('lane', c.req.param('lane')))))
  })
  return app
}
