import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Rpc, registry } from '../../src/index.ts'
import { createDispatcher } from '../../src/transport/dispatch.ts'
import { alloc } from '../support/accounts.ts'
import { send } from '../support/client.ts'
import { createTestRollup } from '../support/test-rollup.ts'

let rpc: Rpc

beforeAll(async () => {
  rpc = (await createTestRollup(alloc)).rpc
})

const call = (fields: object) => send(rpc, JSON.stringify({ jsonrpc: '2.0', ...fields }))

describe('a long batch', () => {
  const batch = (count: number, extra: object[] = []) =>
    JSON.stringify([...Array.from({ length: count }, (_, id) => ({ id, method: 'busy' })), ...extra])
  /** Keeps the thread for 5 ms. */
  const busy = () => {
    const end = performance.now() + 5
    while (performance.now() < end);
    return true
  }
  const dispatcherOf = (batchTimeout: number) => {
    const context = { ...rpc.context, limits: { ...rpc.context.limits, batchTimeout } }
    return createDispatcher(context, new Map([['busy', busy]]), { warn: () => {}, error: () => {} })
  }

  it('lets the node and other clients come in between its calls', async () => {
    let between = 0
    const timer = setInterval(() => between++, 1)
    await dispatcherOf(30_000).handle(batch(32), {})
    clearInterval(timer)
    expect(between).toBeGreaterThan(20)
  })

  it('ends with its time: calls that have not begun are refused, notifications are not answered', async () => {
    const answers = JSON.parse((await dispatcherOf(50).handle(batch(64, [{ method: 'busy' }]), {}))!)
    expect(answers).toHaveLength(64)
    expect(answers[0]).toEqual({ jsonrpc: '2.0', id: 0, result: true })
    expect(answers[63]).toEqual({ jsonrpc: '2.0', id: 63, error: { code: -32002, message: 'request timed out' } })
  })
})

describe('single messages', () => {
  it('answers with the id as given', async () => {
    for (const id of [1, 'a', null, 0, '', -3, 1.5]) {
      expect(await call({ id, method: 'eth_chainId' })).toEqual({ jsonrpc: '2.0', id, result: '0x1092' })
    }
  })

  it('answers a notification with nothing', async () => {
    expect(await rpc.dispatcher.handle('{"jsonrpc":"2.0","method":"eth_chainId"}', {})).toBeUndefined()
    expect(await rpc.dispatcher.handle('[{"jsonrpc":"2.0","method":"nope"}]', {})).toBeUndefined()
  })

  it('is lenient about a missing version and missing or null params', async () => {
    expect(await send(rpc, '{"id":1,"method":"eth_chainId"}')).toMatchObject({ result: '0x1092' })
    expect(await call({ id: 1, method: 'eth_chainId', params: null })).toMatchObject({ result: '0x1092' })
    expect(await call({ id: 1, method: 'eth_chainId', params: [1, 2] })).toMatchObject({ result: '0x1092' })
  })

  it.each([
    ['{"jsonrpc":"2.0","id":1,"method":"eth_chainId"', -32700],
    ['', -32700],
    ['\u0000', -32700],
    ['"text"', -32600],
    ['null', -32600],
    ['17', -32600],
    ['{}', -32600],
    ['{"jsonrpc":"1.0","id":1,"method":"eth_chainId"}', -32600],
    ['{"jsonrpc":"2.0","id":{},"method":"eth_chainId"}', -32600],
    ['{"jsonrpc":"2.0","id":1,"method":7}', -32600],
    ['{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":{"address":"0x"}}', -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"eth_getBalance"}', -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":[null]}', -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":[["0x"]]}', -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"constructor"}', -32601],
    ['{"jsonrpc":"2.0","id":1,"method":"__proto__"}', -32601],
    ['{"jsonrpc":"2.0","id":1,"method":"anvil_nodeInfo"}', -32601],
  ])('%s: %i', async (text, code) => {
    expect((await send(rpc, text)).error?.code).toBe(code)
  })

  it('names a missing method in the words that clients match', async () => {
    const { error } = await call({ id: 1, method: 'eth_getAccountInfo' })
    expect(error).toEqual({
      code: -32601,
      message: 'the method eth_getAccountInfo does not exist/is not available',
    })
  })

  it('survives deep nesting', async () => {
    const depth = 200_000
    expect((await send(rpc, '['.repeat(depth) + ']'.repeat(depth))).map?.((item) => item.error?.code)).toEqual([-32600])
    const params = '['.repeat(depth) + ']'.repeat(depth)
    const text = `{"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"topics":[${params}]}]}`
    expect((await send(rpc, text)).error?.code).toBe(-32602)
  })
})

describe('batches', () => {
  it('keeps the order and answers each item by itself', async () => {
    const batch = [
      { jsonrpc: '2.0', id: 3, method: 'eth_blockNumber' },
      { jsonrpc: '2.0', method: 'eth_chainId' },
      7,
      { jsonrpc: '2.0', id: 'x', method: 'nope' },
      { jsonrpc: '2.0', id: 1, method: 'eth_chainId' },
    ]
    const answers = await send(rpc, JSON.stringify(batch))
    expect(answers.map((item) => item.id)).toEqual([3, null, 'x', 1])
    expect(answers.map((item) => item.error?.code ?? item.result)).toEqual(['0x0', -32600, -32601, '0x1092'])
  })

  it('refuses an empty batch and one that is too large', async () => {
    expect((await send(rpc, '[]')).error).toMatchObject({ code: -32600, message: 'empty batch' })
    const batch = Array.from({ length: 1_001 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'eth_chainId' }))
    expect((await send(rpc, JSON.stringify(batch))).error?.code).toBe(-32600)
    expect(await send(rpc, JSON.stringify(batch.slice(1)))).toHaveLength(1_000)
  })

  it('stops running items once the response is too large', async () => {
    const small = await createTestRollup(alloc, { limits: { maxResponseSize: 3_000 } })
    const batch = Array.from({ length: 200 }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'eth_getBlockByNumber',
      params: ['0x0', false],
    }))
    const answers = await send(small.rpc, JSON.stringify(batch))
    expect(answers).toHaveLength(200)
    expect(answers[0]?.result).toBeDefined()
    expect(answers.at(-1)?.error).toEqual({ code: -32003, message: 'response too large' })
    expect(answers.at(-1)?.id).toBe(199)
  })
})

describe('any input', () => {
  const isAnswer = (text: string | undefined): boolean => {
    if (text === undefined) return true
    const answers = [JSON.parse(text)].flat()
    return answers.every(
      (item) =>
        item.jsonrpc === '2.0' &&
        'id' in item &&
        'result' in item !== 'error' in item &&
        (!('error' in item) || (Number.isInteger(item.error.code) && typeof item.error.message === 'string')),
    )
  }
  // -32603 would mean that an input reached code which did not expect it.
  const isInternal = (text: string | undefined) => text?.includes('"code":-32603') ?? false

  it('is answered well-formed, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) =>
        isAnswer(await rpc.dispatcher.handle(text, {})),
      ),
      { numRuns: 300 },
    )
  })

  it('is answered well-formed and without internal errors, whatever the params', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('latest', 'pending', 'earliest', '0x', '0x0', `0x${'f'.repeat(64)}`, `0x${'a'.repeat(40)}`, ''),
      fc.record(
        {
          to: fc.jsonValue(),
          from: fc.constantFrom(`0x${'a'.repeat(40)}`, 'x'),
          data: fc.constantFrom('0x', '0x00', '0xzz'),
          gas: fc.oneof(
            fc.bigInt({ min: 0n, max: 2n ** 70n }).map((n) => `0x${n.toString(16)}`),
            fc.jsonValue(),
          ),
          value: fc.jsonValue(),
          gasPrice: fc.constantFrom('0x0', '0x1', `0x${'f'.repeat(64)}`),
          fromBlock: fc.jsonValue(),
          topics: fc.jsonValue(),
          blockHash: fc.jsonValue(),
          accessList: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...registry.keys()),
        fc.array(value, { maxLength: 4 }),
        async (method, params) => {
          const text = await rpc.dispatcher.handle(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }), {})
          return isAnswer(text) && !isInternal(text)
        },
      ),
      { numRuns: 3_000 },
    )
  })
})
