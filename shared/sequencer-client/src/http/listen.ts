import { WebSocket } from 'ws'

/** One WebSocket connection. */
export interface ListenOptions {
  readonly url: string
  readonly signal: AbortSignal
  readonly onOpen: () => void
  /** Called with each message's JSON; what it throws closes the connection. */
  readonly onMessage: (message: unknown) => void
}

const handshakeMs = 10_000
const pingMs = 10_000
const maxMessageBytes = 4_096

/**
 * Listens until the connection ends: closed by either side, a malformed message, a ping unanswered for 10 s, or the signal.
 * Resolves with whether it ever opened; never rejects.
 */
export function listen({ url, signal, onOpen, onMessage }: ListenOptions): Promise<boolean> {
  return new Promise((resolve) => {
    let opened = false
    let alive = true
    const socket = new WebSocket(url, {
      handshakeTimeout: handshakeMs,
      maxPayload: maxMessageBytes,
      followRedirects: false,
      perMessageDeflate: false,
    })
    const end = () => socket.terminate()
    const ping = setInterval(() => {
      if (!alive) return end()
      alive = false
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    }, pingMs)
    signal.addEventListener('abort', end, { once: true })
    socket.on('open', () => {
      opened = true
      onOpen()
    })
    socket.on('pong', () => {
      alive = true
    })
    socket.on('message', (data, isBinary) => {
      try {
        if (isBinary) return end()
        onMessage(JSON.parse(data.toString()))
      } catch {
        end()
      }
    })
    // 'close' follows every 'error'.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(ping)
      signal.removeEventListener('abort', end)
      resolve(opened)
    })
    if (signal.aborted) end()
  })
}
