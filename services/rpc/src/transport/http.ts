import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { RpcLimits } from '../limits.ts'
import type { Dispatcher } from './dispatch.ts'
import { readBody } from './read-body.ts'

/** Who may call from where. */
export interface AccessOptions {
  /** Browser origins; `*` for all. */
  readonly cors: readonly string[]
  /** Host names under which the server is reached (a guard against DNS rebinding); `*` for all. IP addresses always pass. */
  readonly vhosts: readonly string[]
}

const contentTypes = new Set(['application/json', 'application/json-rpc', 'application/jsonrequest'])
const jsonHeaders = { 'content-type': 'application/json' }

/** The HTTP routes: POST on `/` takes a message or a batch. */
export function createHttpApp(dispatcher: Dispatcher, limits: RpcLimits, access: AccessOptions): Hono {
  const app = new Hono()
  app.use(checkHost(access.vhosts))
  app.use(
    cors({ origin: access.cors.includes('*') ? '*' : [...access.cors], allowMethods: ['POST', 'GET'], maxAge: 600 }),
  )
  app.post('/', checkContentType, async (c) => {
    const text = await readBody(c.req, limits.maxBodySize)
    if (text === undefined) return c.text('request body too large', 413, { connection: 'close' })
    const answer = await dispatcher.handle(text, {})
    return c.body(answer ?? '', 200, jsonHeaders)
  })
  app.notFound((c) => c.text('POST a JSON-RPC message to /', c.req.path === '/' ? 405 : 404))
  app.onError((_error, c) => c.text('bad request', 400))
  return app
}

const checkContentType: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === undefined || !contentTypes.has(type)) {
    return c.text('invalid content type, only application/json is supported', 415)
  }
  return next()
}

function checkHost(vhosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set(vhosts.map((host) => host.toLowerCase()))
  return async (c, next) => {
    const host = hostName(c.req.header('host') ?? '')
    if (allowed.has('*') || host === '' || isIP(host) !== 0 || allowed.has(host)) return next()
    return c.text('invalid host specified', 403)
  }
}

/** Host header without port and without the brackets of an IPv6 address. */
function hostName(header: string): string {
  return header
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
}
