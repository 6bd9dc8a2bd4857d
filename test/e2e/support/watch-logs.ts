import type { Address, Hash } from '@crema/protocol'
import type { Devnet } from '../devnet/devnet.ts'

/** A log as `eth_subscribe` announces it. */
export interface AnnouncedLog {
  readonly blockHash: Hash
  readonly transactionHash: Hash
  readonly removed: boolean
}

/** Subscribes to the logs of a contract; `seen` grows. */
export async function watchLogs(
  { urls }: Devnet,
  address: Address,
): Promise<{ readonly seen: readonly AnnouncedLog[]; close(): void }> {
  const socket = new WebSocket(urls.rpc.replace('http', 'ws'))
  const seen: AnnouncedLog[] = []
  const subscribed = Promise.withResolvers<void>()
  socket.addEventListener('error', () => subscribed.reject(new Error('no WebSocket')))
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['logs', { address }] })),
  )
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as { id?: number; params?: { result: AnnouncedLog } }
    if (message.id === 1) subscribed.resolve()
    else if (message.params !== undefined) seen.push(message.params.result)
  })
  await subscribed.promise
  return { seen, close: () => socket.close() }
}
