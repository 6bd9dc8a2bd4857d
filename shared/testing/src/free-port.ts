import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the range from which systems take the ports of outgoing connections, which could occupy a port before it is used. */
const LOWEST = 20_000
const HIGHEST = 32_000
const given = new Set<number>()

/** A TCP port on loopback that was free a moment ago and that this process was not given before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST)
    if (given.has(port)) continue
    given.add(port)
    if (await isFreePort(port)) return port
  }
}

/** Whether nobody listens on a TCP port of loopback now. */
export function isFreePort(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
