import { nodeSections } from '@crema/node'
import { healthSection, logSection } from '@crema/service-kit'
import { z } from 'zod'
import { defaultLimits, type RpcLimits } from './limits.ts'

const positive = z.number().int().positive()
const list = z.array(z.string())

/** Configuration of the RPC server; sources and names: service-kit. */
export const rpcConfig = z.object({
  log: logSection,
  health: healthSection,
  ...nodeSections,
  rpc: z
    .object({
      host: z.string().default('127.0.0.1').describe('Address that HTTP and WebSocket listen on.'),
      port: z.number().int().min(0).max(65535).default(8545).describe('Their port; 0 takes a free one.'),
      cors: list.default(['*']).describe('Browser origins that may call; `*` for all.'),
      vhosts: list.default(['localhost']).describe('Host names that requests may name; `*` for all. IP addresses may.'),
      maxBodySize: positive.default(defaultLimits.maxBodySize).describe('Bytes of one request or message.'),
      maxBatchItems: positive.default(defaultLimits.maxBatchItems).describe('Calls of one batch.'),
      batchTimeoutMs: positive.default(defaultLimits.batchTimeout).describe('Milliseconds for the calls of one batch.'),
      maxResponseSize: positive.default(defaultLimits.maxResponseSize).describe('Characters of one response.'),
      callGasCap: z.bigint().default(defaultLimits.callGasCap).describe('Gas of eth_call and eth_estimateGas.'),
      callTimeoutMs: positive
        .default(defaultLimits.callTimeout)
        .describe('Milliseconds of one simulation or search for logs.'),
      callConcurrency: positive
        .default(defaultLimits.callConcurrency)
        .describe('Threads that run simulations and search for logs.'),
      feeCapWei: z.bigint().default(defaultLimits.feeCap).describe('Fee in wei above which a transaction is refused.'),
      suggestedTipWei: z.bigint().default(1_000_000n).describe('Answer of eth_maxPriorityFeePerGas in wei.'),
      assertionsPollMs: positive.default(4_000).describe('Milliseconds between looks at the assertions on L1.'),
      logs: z
        .object({
          maxRange: z.bigint().default(defaultLimits.logsMaxRange).describe('Blocks of one eth_getLogs.'),
          maxResults: positive.default(defaultLimits.logsMaxResults).describe('Results of one eth_getLogs.'),
        })
        .prefault({}),
    })
    .prefault({}),
})

export type RpcConfig = z.output<typeof rpcConfig>

/** The configured limits. */
export function configuredLimits({ rpc }: RpcConfig): Partial<RpcLimits> {
  return {
    maxBodySize: rpc.maxBodySize,
    maxBatchItems: rpc.maxBatchItems,
    batchTimeout: rpc.batchTimeoutMs,
    maxResponseSize: rpc.maxResponseSize,
    callGasCap: rpc.callGasCap,
    callTimeout: rpc.callTimeoutMs,
    callConcurrency: rpc.callConcurrency,
    feeCap: rpc.feeCapWei,
    logsMaxRange: rpc.logs.maxRange,
    logsMaxResults: rpc.logs.maxResults,
  }
}
