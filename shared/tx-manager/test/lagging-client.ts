import type { Hex } from 'viem'
import type { EthClient } from '../src/index.ts'

/** A client that can be made to answer as a node does that has not heard of the newest blocks. */
export interface LaggingClient extends EthClient {
  /** From now on it has no block after `last`; undefined: all. */
  serveOnlyTo(last: bigint | undefined): void
  /** Numbers and tags of the blocks that were asked for. */
  asked(): readonly string[]
}

/** Wraps a client. What it is asked of the latest block and of those waiting it answers of the last that it serves. */
export function laggingClient(client: EthClient): LaggingClient {
  const ask = client.request as unknown as (args: Call) => Promise<unknown>
  const asked: string[] = []
  let last: bigint | undefined
  const at = (block: unknown) => (block === 'latest' || block === 'pending' ? `0x${last!.toString(16)}` : block)
  const request = async ({ method, params }: Call): Promise<unknown> => {
    if (method === 'eth_getBlockByNumber') asked.push(params[0] as string)
    if (last === undefined) return ask({ method, params })
    switch (method) {
      case 'eth_getBlockByNumber': {
        const number = at(params[0]) as Hex
        return BigInt(number) > last ? null : ask({ method, params: [number, params[1]] })
      }
      case 'eth_getTransactionReceipt': {
        const receipt = (await ask({ method, params })) as { readonly blockNumber: Hex } | null
        return receipt === null || BigInt(receipt.blockNumber) > last ? null : receipt
      }
      case 'eth_getTransactionCount':
      case 'eth_getBalance':
        return ask({ method, params: [params[0], at(params[1])] })
      default:
        return ask({ method, params })
    }
  }
  const serveOnlyTo = (block: bigint | undefined): void => {
    last = block
  }
  return { request, serveOnlyTo, asked: () => asked }
}

interface Call {
  readonly method: string
  readonly params: readonly unknown[]
}
