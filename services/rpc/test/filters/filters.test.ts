import { beforeEach, describe, expect, it } from 'vitest'
import { alloc, contracts, signed, transfer } from '../support/accounts.ts'
import { failure, request } from '../support/client.ts'
import { createTestRollup, type TestRollup } from '../support/test-rollup.ts'

let now: number
let rollup: TestRollup
const ask = <T>(method: string, ...params: unknown[]) => request<T>(rollup.rpc, method, ...params)
const log = (nonce: bigint) =>
  Buffer.from(signed(transfer({ nonce, to: contracts.logger, gasLimit: 60_000n })).slice(2), 'hex')

beforeEach(async () => {
  now = 1_700_000_000_000
  rollup = await createTestRollup(alloc, { now: () => now, limits: { maxFilters: 3, maxFilterResults: 5 } })
})

describe('filters', () => {
  it('gather logs once, also of blocks that leave the chain', async () => {
    const id = await ask<string>('eth_newFilter', { address: contracts.logger })
    await rollup.seal({ raws: [log(0n)] })
    const [first, ...rest] = await ask<{ removed: boolean }[]>('eth_getFilterChanges', id)
    expect(first).toMatchObject({ blockNumber: '0x1', logIndex: '0x0', removed: false })
    expect(rest).toEqual([])
    expect(await ask('eth_getFilterChanges', id)).toEqual([])
    rollup.rollback(0n)
    expect(await ask('eth_getFilterChanges', id)).toEqual([{ ...first, removed: true }])
  })

  it('keep to their bounds and topics', async () => {
    const late = await ask<string>('eth_newFilter', { fromBlock: '0x2' })
    const other = await ask<string>('eth_newFilter', { topics: [`0x${'2'.padStart(64, '0')}`] })
    await rollup.seal({ raws: [log(0n)] })
    await rollup.seal({ raws: [log(1n)] })
    expect(await ask('eth_getFilterChanges', late)).toMatchObject([{ blockNumber: '0x2' }])
    expect(await ask('eth_getFilterChanges', other)).toEqual([])
    expect(await ask('eth_getFilterLogs', late)).toHaveLength(1)
    expect((await failure(rollup.rpc, 'eth_newFilter', { fromBlock: '0x3', toBlock: '0x1' })).code).toBe(-32602)
  })

  it('tell of blocks and of accepted transactions', async () => {
    const blocks = await ask<string>('eth_newBlockFilter')
    const pending = await ask<string>('eth_newPendingTransactionFilter')
    const hash = await ask('eth_sendRawTransaction', signed(transfer()))
    const block = await rollup.seal()
    expect(await ask('eth_getFilterChanges', blocks)).toEqual([block.hash])
    expect(await ask('eth_getFilterChanges', pending)).toEqual([hash])
    expect((await failure(rollup.rpc, 'eth_getFilterLogs', blocks)).message).toBe('filter not found')
  })

  it('end by being uninstalled, by silence and by too many results', async () => {
    const missing = { code: -32000, message: 'filter not found' }
    const id = await ask<string>('eth_newBlockFilter')
    expect([await ask('eth_uninstallFilter', id), await ask('eth_uninstallFilter', id)]).toEqual([true, false])
    const silent = await ask<string>('eth_newBlockFilter')
    now += 299_000
    await ask('eth_getFilterChanges', silent)
    now += 299_000
    await ask('eth_getFilterChanges', silent)
    now += 300_001
    expect(await failure(rollup.rpc, 'eth_getFilterChanges', silent)).toEqual(missing)
    const full = await ask<string>('eth_newFilter', {})
    await rollup.seal({ raws: [0n, 1n, 2n, 3n, 4n, 5n].map(log) })
    expect(await failure(rollup.rpc, 'eth_getFilterChanges', full)).toEqual(missing)
    expect(await failure(rollup.rpc, 'eth_getFilterChanges', '0x1')).toEqual(missing)
  })

  it('are bounded in number', async () => {
    for (let i = 0; i < 3; i++) await ask('eth_newBlockFilter')
    expect((await failure(rollup.rpc, 'eth_newBlockFilter')).code).toBe(-32005)
    now += 300_001
    await ask('eth_newBlockFilter')
  })

  it('cannot be subscribed to over HTTP', async () => {
    expect(await failure(rollup.rpc, 'eth_subscribe', 'newHeads')).toEqual({
      code: -32601,
      message: 'notifications not supported',
    })
  })
})
