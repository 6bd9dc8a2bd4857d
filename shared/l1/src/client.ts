import { createPublicClient, http, type PublicClient } from 'viem'
import { L1Error, reading } from './errors.ts'

/** Read access to L1 over JSON-RPC. */
export type L1Client = PublicClient

export interface L1ClientOptions {
  readonly url: string
  /** Milliseconds before a request is given up; it is then retried twice. */
  readonly timeoutMs?: number
}

/**
 * A client without caches: what it answers is what the endpoint says now. Contract reads of one block that are asked for together travel as one call, without a contract that L1 must have:
 * in a dispute against many one look takes thousands of them, and an endpoint bounds requests.
 */
export function createL1Client({ url, timeoutMs = 10_000 }: L1ClientOptions): L1Client {
  return createPublicClient({
    transport: http(url, { timeout: timeoutMs, retryCount: 2, retryDelay: 200 }),
    cacheTime: 0,
    batch: { multicall: { deployless: true } },
  })
}

/** Throws {@link L1Error} `L1_WRONG_CHAIN` unless the endpoint serves `chainId`. */
export async function checkL1Chain(client: L1Client, chainId: bigint): Promise<void> {
  const actual = BigInt(await reading('eth_chainId', () => client.getChainId()))
  if (actual !== chainId) {
    throw new L1Error('L1_WRONG_CHAIN', `L1 endpoint serves chain ${actual}, not ${chainId}`, {
      details: { actual, expected: chainId },
    })
  }
}
