import type { L1Client } from '@crema/l1'
import { createPublicClient, custom, type RpcLog } from 'viem'

/** A client of the same L1 by an endpoint that leaves these logs out of its answers, without an error, as a replica that lags does. */
export function omittingClient(behind: L1Client, omits: (log: RpcLog) => boolean): L1Client {
  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    const answer = await behind.request({ method, params } as never)
    return method === 'eth_getLogs' ? (answer as RpcLog[]).filter((log) => !omits(log)) : answer
  }
  const batch = { multicall: { deployless: true } } as const
  return createPublicClient({ transport: custom({ request }, { retryCount: 0 }), cacheTime: 0, batch }) as L1Client
}
