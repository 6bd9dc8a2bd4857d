import { beforeAll, describe, expect, it } from 'vitest'
import { addressOf, alloc, contracts, nopeData, signed, transfer } from '../support/accounts.ts'
import { failure, request } from '../support/client.ts'
import { createTestRollup, type TestRollup } from '../support/test-rollup.ts'

let rollup: TestRollup
const alice = addressOf('alice')
const word = (value: number | bigint) => `0x${value.toString(16).padStart(64, '0')}`
const ask = <T>(method: string, ...params: unknown[]) => request<T>(rollup.rpc, method, ...params)
const fail = (method: string, ...params: unknown[]) => failure(rollup.rpc, method, ...params)

beforeAll(async () => {
  rollup = await createTestRollup(alloc, { limits: { callTimeout: 20_000 } })
  await rollup.seal({
    raws: [0n, 1n, 2n].map((nonce) =>
      Buffer.from(signed(transfer({ nonce, to: contracts.counter, gasLimit: 100_000n })).slice(2), 'hex'),
    ),
  })
})

describe('eth_call', () => {
  it('runs on the state of the block it names', async () => {
    const call = { to: contracts.counter }
    expect(await ask('eth_call', call)).toBe(word(4))
    expect(await ask('eth_call', call, 'earliest')).toBe(word(1))
    expect(await ask('eth_call', call, { blockNumber: '0x0' })).toBe(word(1))
    const { hash } = await ask<{ hash: string }>('eth_getBlockByNumber', '0x1', false)
    expect(await ask('eth_call', call, { blockHash: hash, requireCanonical: true })).toBe(word(4))
    expect(await fail('eth_call', call, '0x99')).toEqual({ code: -32000, message: 'header not found' })
    expect((await fail('eth_call', call, { blockHash: hash, blockNumber: '0x1' })).code).toBe(-32602)
  })

  it('takes state and block overrides', async () => {
    const code = '0x5f545f5260205ff3' // returns slot 0
    const to = contracts.counter
    const read = (override: object) => ask('eth_call', { to }, 'latest', { [to]: { code, ...override } })
    expect(await read({})).toBe(word(3))
    expect(await read({ stateDiff: { [word(0)]: word(77) } })).toBe(word(77))
    expect(await read({ state: { [word(1)]: word(77) } })).toBe(word(0))
    expect((await fail('eth_call', { to }, 'latest', { [to]: { state: {}, stateDiff: {} } })).code).toBe(-32602)
    const number = '0x435f5260205ff3' // returns NUMBER
    const at = { number: '0x1234' }
    expect(await ask('eth_call', { to }, 'latest', { [to]: { code: number } }, at)).toBe(word(0x1234))
  })

  it('reads BASEFEE 0 without a price, and the price with one', async () => {
    const to = contracts.prices
    expect(await ask('eth_call', { to })).toBe(`${word(0)}${word(0).slice(2)}`)
    const { baseFeePerGas } = await ask<{ baseFeePerGas: string }>('eth_getBlockByNumber', 'latest', false)
    const fees = { maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x5' }
    const priced = await ask<string>('eth_call', { to, from: alice, ...fees })
    expect(priced).toBe(`${word(BigInt(baseFeePerGas))}${word(BigInt(baseFeePerGas) + 5n).slice(2)}`)
    expect((await fail('eth_call', { to, from: alice, gasPrice: '0x1' })).message).toMatch(
      /^max fee per gas less than block base fee: address 0x/,
    )
    expect((await fail('eth_call', { to, gasPrice: '0x1', maxFeePerGas: '0x1' })).code).toBe(-32602)
  })

  it('gives the reason and the data of a revert with code 3', async () => {
    expect(await fail('eth_call', { to: contracts.reverter })).toEqual({
      code: 3,
      message: 'execution reverted: nope',
      data: nopeData,
    })
    expect((await fail('eth_call', { to: contracts.loop, gas: '0x5208' })).message).toMatch(/gas/)
  })

  it('checks the funds of the sender', async () => {
    const error = await fail('eth_call', { from: addressOf('poor'), to: alice, value: '0x10000000000000' })
    expect(error.code).toBe(-32000)
    expect(error.message).toMatch(
      /^insufficient funds for gas \* price \+ value: address 0x[0-9a-f]{40} have \d+ want \d+$/,
    )
    const rich = { [addressOf('poor')]: { balance: '0xffffffffffffffffff' } }
    expect(
      await ask('eth_call', { from: addressOf('poor'), to: alice, value: '0x10000000000000' }, 'latest', rich),
    ).toBe('0x')
  })

  it('takes data and input alike, and refuses a contradiction', async () => {
    expect(await ask('eth_call', { to: contracts.counter, data: '0x01', input: '0x01' })).toBe(word(4))
    expect((await fail('eth_call', { to: contracts.counter, data: '0x01', input: '0x02' })).code).toBe(-32602)
  })

  it('takes addresses in any case', async () => {
    const upper = `0x${contracts.counter.slice(2).toUpperCase()}`
    expect(await ask('eth_call', { to: upper })).toBe(word(4))
    expect(await ask('eth_getCode', upper)).toBe(await ask('eth_getCode', contracts.counter))
  })
})

describe('eth_estimateGas', () => {
  it('is exact for a plain transfer', async () => {
    expect(await ask('eth_estimateGas', { from: alice, to: addressOf('bob'), value: '0x1' })).toBe('0x5208')
    expect(await ask('eth_estimateGas', { from: alice, to: addressOf('bob') }, 'pending')).toBe('0x5208')
  })

  it('finds a limit with which the transaction succeeds', async () => {
    for (const to of [contracts.counter, contracts.logger, contracts.hungry]) {
      const gas = await ask<string>('eth_estimateGas', { from: alice, to })
      await ask('eth_call', { from: alice, to, gas })
      const less = `0x${((BigInt(gas) * 97n) / 100n).toString(16)}`
      expect((await fail('eth_call', { from: alice, to, gas: less })).message).toMatch(/gas|reverted/)
    }
    const created = await ask<string>('eth_estimateGas', {
      from: alice,
      data: '0x600a600c600039600a6000f3602a60005260206000f3',
    })
    expect(BigInt(created)).toBeGreaterThan(53_000n)
  })

  it('says why nothing is enough', async () => {
    expect(await fail('eth_estimateGas', { from: alice, to: contracts.reverter })).toEqual({
      code: 3,
      message: 'execution reverted: nope',
      data: nopeData,
    })
    const looped = await fail('eth_estimateGas', { from: alice, to: contracts.loop, gas: '0x30d40' })
    expect(looped).toEqual({ code: -32000, message: 'gas required exceeds allowance (200000)' })
    const poor = { from: addressOf('poor'), to: alice }
    expect((await fail('eth_estimateGas', { ...poor, value: '0xffffffffffffffff' })).message).toBe(
      'insufficient funds for transfer',
    )
    expect((await fail('eth_estimateGas', { ...poor, gasPrice: '0x1d1a94a2000' })).message).toMatch(
      /^gas required exceeds allowance \(\d+\)$/,
    )
  })
})

describe('eth_createAccessList', () => {
  it('lists slots, and the failure inside', async () => {
    expect(await ask('eth_createAccessList', { from: alice, to: contracts.counter })).toEqual({
      accessList: [{ address: contracts.counter, storageKeys: [word(0)] }],
      gasUsed: expect.stringMatching(/^0x/),
    })
    expect(await ask('eth_createAccessList', { from: alice, to: contracts.reverter })).toMatchObject({
      error: 'execution reverted',
    })
  })
})

describe('eth_fillTransaction', () => {
  it('fills nonce, gas and fees', async () => {
    const { raw, tx } = await ask<{ raw: string; tx: Record<string, string> }>('eth_fillTransaction', {
      from: alice,
      to: addressOf('bob'),
      value: '0x1',
    })
    expect(raw).toMatch(/^0x02/)
    expect(tx).toMatchObject({ type: '0x2', nonce: '0x3', gas: '0x5208', chainId: '0x1092', from: alice, r: '0x0' })
    expect(tx).not.toHaveProperty('gasPrice')
    const base = BigInt(await ask<string>('eth_baseFee'))
    expect(BigInt(tx.maxFeePerGas!)).toBe(2n * base + BigInt(tx.maxPriorityFeePerGas!))
  })

  it('keeps what is given, and legacy legacy', async () => {
    const given = { from: alice, to: addressOf('bob'), nonce: '0x9', gas: '0x7530', gasPrice: '0x77359400' }
    const { raw, tx } = await ask<{ raw: string; tx: object }>('eth_fillTransaction', given)
    expect(tx).toMatchObject({ type: '0x0', nonce: '0x9', gas: '0x7530', gasPrice: '0x77359400' })
    expect(raw).toMatch(/^0x[ef]/)
    expect((await fail('eth_fillTransaction', { ...given, chainId: '0x1' })).code).toBe(-32602)
  })
})
