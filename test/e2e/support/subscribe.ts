import type { Devnet } from '../devnet/devnet.ts'

/** What one subscription of a WebSocket client was told, in order. */
export interface Notifications<T> {
  readonly received: readonly T[]
  close(): void
}

/** Subscribes over WebSocket with a plain client. Resolves once the server has confirmed it. Throws when it refuses. */
export function subscribe<T>({ urls }: Devnet, kind: 'logs' | 'newHeads', options?: object): Promise<Notifications<T>> {
  const socket = new WebSocket(urls.rpc.replace('http', 'ws'))
  const received: T[] = []
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error('the WebSocket failed'))
    socket.onopen = () => {
      const params = options === undefined ? [kind] : [kind, options]
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params }))
    }
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as {
        readonly id?: number
        readonly error?: { readonly message: string }
        readonly params?: { readonly result: T }
      }
      if (message.error !== undefined) reject(new Error(message.error.message))
      else if (message.id === 1) resolve({ received, close: () => socket.close() })
      else received.push(message.params!.result)
    }
  })
}
