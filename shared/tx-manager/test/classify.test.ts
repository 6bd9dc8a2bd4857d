import { BaseError, HttpRequestError, InvalidInputRpcError, RpcRequestError, TimeoutError } from 'viem'
import { describe, expect, it } from 'vitest'
import { classifyRefusal, type RefusalClass, revertData } from '../src/classify.ts'

const rpcError = (message: string, code = -32000, data?: unknown) =>
  new InvalidInputRpcError(
    new RpcRequestError({
      body: { method: 'eth_sendRawTransaction', params: ['0x02'] },
      url: 'http://x',
      error: { code, message, data } as never,
    }),
  )

/** Words of real nodes. */
const words: readonly (readonly [string, RefusalClass])[] = [
  ['already known', 'already-known'],
  ['ALREADY_EXISTS: already known', 'already-known'],
  ['AlreadyKnown', 'already-known'],
  ['Known transaction', 'already-known'],
  ['transaction already imported', 'already-known'],
  ['replacement transaction underpriced', 'underpriced'],
  ['transaction underpriced: tip needed 1, tip permitted 0', 'underpriced'],
  ['INTERNAL_ERROR: underpriced', 'underpriced'],
  ['max fee per gas less than block base fee: address 0x1, maxFeePerGas: 1, baseFee: 2', 'underpriced'],
  ['nonce too low: next nonce 5, tx nonce 4', 'nonce-too-low'],
  ['OldNonce', 'nonce-too-low'],
  ['nonce too high', 'nonce-too-high'],
  ['insufficient funds for gas * price + value: balance 0, tx cost 1, overshot 1', 'out-of-funds'],
  ['Insufficient funds for gas * price + value', 'out-of-funds'],
  ['tx fee (1.05 ether) exceeds the configured cap (1.00 ether)', 'node-fee-cap'],
  ['address already reserved', 'reserved'],
  ['execution reverted', 'reverted'],
  ['gas required exceeds allowance (30000000)', 'reverted'],
  ['intrinsic gas too low: gas 20000, minimum needed 21000', 'invalid'],
  ['exceeds block gas limit', 'invalid'],
  ['oversized data: transaction size 200000, limit 131072', 'invalid'],
  ['max priority fee per gas higher than max fee per gas', 'invalid'],
  ['txpool is full', 'connection'],
  ['something new', 'unknown'],
]

describe('classifyRefusal', () => {
  it.each(words)('%s', (message, expected) => {
    expect(classifyRefusal(rpcError(message))).toBe(expected)
    expect(classifyRefusal(new Error(message))).toBe(expected)
  })
  it('knows failures of the way, whatever the request contained', () => {
    const body = { method: 'eth_sendRawTransaction', params: ['nonce too low'] }
    expect(classifyRefusal(new HttpRequestError({ url: 'http://x', body, status: 502, details: 'Bad Gateway' }))).toBe(
      'connection',
    )
    expect(classifyRefusal(new TimeoutError({ url: 'http://x', body }))).toBe('connection')
    expect(classifyRefusal(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe('connection')
  })
  it('takes code 3 for a revert', () => {
    expect(classifyRefusal(rpcError('whatever', 3, '0x1234'))).toBe('reverted')
  })
  it('survives what is no error at all', () => {
    for (const odd of [undefined, null, 'text', 5, {}]) expect(classifyRefusal(odd)).toBe('unknown')
  })
})

describe('revertData', () => {
  it('finds the data wherever nodes put it', () => {
    expect(revertData(rpcError('execution reverted', 3, '0x1234'))).toBe('0x1234')
    expect(revertData(rpcError('execution reverted', -32000, { data: '0xabcd' }))).toBe('0xabcd')
    expect(revertData(new BaseError('x'))).toBeNull()
  })
})
