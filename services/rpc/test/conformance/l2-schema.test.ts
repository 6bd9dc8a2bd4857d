import { beforeAll, describe, expect, it } from 'vitest'
import { addressOf, alloc, contracts, signed, transfer } from '../support/accounts.ts'
import { request } from '../support/client.ts'
import { createTestRollup, type TestRollup } from '../support/test-rollup.ts'
import { readResultSchemas, schemaViolation } from './schema.ts'

const schemas = readResultSchemas()
const zero = `0x${'00'.repeat(32)}`
let rollup: TestRollup
let hash: string

beforeAll(async () => {
  rollup = await createTestRollup(alloc)
  const raw = signed(transfer({ to: contracts.logger, gasLimit: 60_000n }))
  hash = await request<string>(rollup.rpc, 'eth_sendRawTransaction', raw)
  await rollup.seal()
})

const call = { from: addressOf('alice'), to: contracts.counter }
const calls: readonly (readonly [string, () => readonly unknown[]])[] = [
  ['eth_getBlockByNumber', () => ['latest', true]],
  ['eth_getBlockByNumber', () => ['0x0', false]],
  ['eth_getBlockReceipts', () => ['latest']],
  ['eth_getTransactionByHash', () => [hash]],
  ['eth_getTransactionReceipt', () => [hash]],
  ['eth_getTransactionByBlockNumberAndIndex', () => ['0x1', '0x0']],
  ['eth_getLogs', () => [{ fromBlock: '0x0' }]],
  ['eth_getProof', () => [contracts.counter, [zero], 'latest']],
  ['eth_getStorageAt', () => [contracts.counter, '0x0', 'latest']],
  ['eth_feeHistory', () => ['0x2', 'latest', [10, 90]]],
  ['eth_createAccessList', () => [call]],
  ['eth_estimateGas', () => [call]],
  ['eth_call', () => [call]],
  // With dynamic fees we leave out the gasPrice that the schema wants: viem would send it back next to the fee caps.
  ['eth_fillTransaction', () => [{ ...call, gasPrice: '0x77359400' }]],
  ['eth_newFilter', () => [{ address: contracts.logger }]],
  ['eth_syncing', () => []],
  ['eth_capabilities', () => []],
  ['eth_gasPrice', () => []],
  ['eth_maxPriorityFeePerGas', () => []],
  ['eth_accounts', () => []],
  ['eth_getBlockTransactionCountByNumber', () => ['latest']],
  ['debug_getRawReceipts', () => ['latest']],
  ['txpool_status', () => []],
]

describe('results on an L2 chain have the documented shape', () => {
  it.each(calls)('%s', async (method, params) => {
    const result = await request(rollup.rpc, method, ...params())
    const schema = schemas.get(method)
    expect(schema, 'documented').toBeDefined()
    expect(schemaViolation(schema!, result)).toBeUndefined()
  })
})
