import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type FaultSwitches, faultSchema } from './switches.ts'

/** A listening admin server. */
export interface FaultAdmin {
  readonly port: number
  close(): Promise<void>
}

/** `GET /faults`, `PUT /faults` (replaces all), `DELETE /faults` (honest again), on loopback only. @throws Error of the socket. */
export function startFaultAdmin(switches: FaultSwitches, port: number): Promise<FaultAdmin> {
  const app = new Hono()
  app.get('/faults', (c) => c.json(switches.current))
  app.put('/faults', async (c) => {
    const parsed = faultSchema.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) return c.json({ error: { code: 'BAD_FAULTS', message: parsed.error.message } }, 400)
    switches.set(parsed.data)
    return c.json(switches.current)
  })
  app.delete('/faults', (c) => {
    switches.set({})
    return c.json(switches.current)
  })
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (info: AddressInfo) => {
      server.off('error', reject)
      resolve({
        port: info.port,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    }) as Server
    server.once('error', reject)
  })
}
