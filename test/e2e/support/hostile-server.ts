import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** Answers one request however it likes. */
export type Hostility = (path: string, response: ServerResponse) => void

/** A server in the place of another. */
export interface HostileServer {
  behave: Hostility
  /** Requests whose path contains `part`, since the last call of `reset`. */
  asked(part: string): number
  reset(): void
  /** Most bytes that {@link endless} wrote into one answer. */
  poured: number
  close(): Promise<void>
}

/** Listens on `port`. WebSocket clients are let in and get frames that mean nothing. */
export async function startHostileServer(port: number, behave: Hostility): Promise<HostileServer> {
  const paths: string[] = []
  const state = { behave, poured: 0 }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    paths.push(request.url ?? '')
    response.on('error', () => {})
    state.behave(request.url ?? '', response)
  })
  server.on('upgrade', (request, socket) => {
    const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    const accept = key.digest('base64')
    socket.on('error', () => {})
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    )
    // A text frame of three bytes that are no JSON, then one that claims 2^63 bytes.
    socket.write(Buffer.from([0x81, 0x03, 0x7b, 0x7b, 0x7b]))
    socket.end(Buffer.from([0x81, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00]))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return Object.assign(state, {
    asked: (part: string) => paths.filter((path) => path.includes(part)).length,
    reset: () => void paths.splice(0),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** Writes without end, until the client goes; notes how much the socket took. */
export function endless(server: { poured: number }, response: ServerResponse, chunk: Buffer): void {
  let written = 0
  const pour = (): void => {
    let room = true
    while (room && !response.destroyed) {
      room = response.write(chunk)
      written += chunk.length
    }
    server.poured = Math.max(server.poured, written)
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.on('drain', pour)
  pour()
}

/** A byte at a time. */
export function drip(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  let at = 0
  const timer = setInterval(() => {
    if (response.destroyed || at >= body.length) clearInterval(timer)
    else response.write(body[at++])
  }, 200)
}
