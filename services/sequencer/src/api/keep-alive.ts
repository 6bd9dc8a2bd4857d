import type { WebSocket, WebSocketServer } from 'ws'

const intervalMs = 30_000

/** Pings every watcher and ends those that did not answer the ping before, so that dead connections do not hold their places. Returns what stops it. */
export function keepAlive(sockets: WebSocketServer, everyMs = intervalMs): () => void {
  const answered = new WeakSet<WebSocket>()
  sockets.on('connection', (socket) => {
    answered.add(socket)
    socket.on('pong', () => answered.add(socket))
  })
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!answered.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
