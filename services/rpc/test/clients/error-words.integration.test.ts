import { isError, JsonRpcProvider } from 'ethers'
import {
  type BaseError,
  createPublicClient,
  ExecutionRevertedError,
  FeeCapTooLowError,
  http,
  InsufficientFundsError,
  IntrinsicGasTooLowError,
  InvalidInputRpcError,
  InvalidParamsRpcError,
  LimitExceededRpcError,
  MethodNotFoundRpcError,
  NonceTooHighError,
  NonceTooLowError,
  type PublicClient,
  TipAboveFeeCapError,
} from 'viem'
import { getNodeError } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, contracts, signed, transfer } from '../support/accounts.ts'
import { type ServedRollup, serveRollup } from '../support/serve.ts'

let rollup: ServedRollup
let viem: PublicClient
let ethers: JsonRpcProvider

beforeAll(async () => {
  rollup = await serveRollup({ limits: { poolPerSender: 4, logsMaxResults: 0 } }, false)
  viem = createPublicClient({ chain: rollup.viemChain, transport: http(rollup.url, { retryCount: 0 }) })
  ethers = new JsonRpcProvider(rollup.url, 4_242, { staticNetwork: true })
  const raw = signed(transfer({ to: contracts.logger, gasLimit: 60_000n }), 'bob')
  await rollup.seal({ raws: [Buffer.from(raw.slice(2), 'hex')] })
})
afterAll(async () => {
  ethers.destroy()
  await rollup.stop()
})

/** The error that viem makes of a call, the way its actions do it. */
async function viemError(method: string, params: unknown[]): Promise<BaseError> {
  try {
    await viem.request({ method, params } as never)
  } catch (error) {
    const cause = error as BaseError
    const node = getNodeError(cause, {})
    return node.name === 'UnknownNodeError' ? cause : (node as BaseError)
  }
  throw new Error(`${method} succeeded`)
}

async function ethersError(method: string, params: unknown[]): Promise<unknown> {
  try {
    await ethers.send(method, params)
  } catch (error) {
    return error
  }
  throw new Error(`${method} succeeded`)
}

const raw = (fields: Parameters<typeof transfer>[0], name: 'alice' | 'bob' | 'poor' = 'alice') => [
  signed(transfer(fields), name),
]
const alice = addressOf('alice')

type Row = readonly [words: string, method: string, params: () => unknown[], viem: unknown, ethers: string]

const send = 'eth_sendRawTransaction'
const rows: readonly Row[] = [
  ['nonce too low', send, () => raw({}, 'bob'), NonceTooLowError, 'NONCE_EXPIRED'],
  ['nonce too high', send, () => raw({ nonce: 99n }), NonceTooHighError, 'UNKNOWN_ERROR'],
  [
    'insufficient funds for gas * price + value',
    send,
    () => raw({ value: 10n ** 18n }, 'poor'),
    InsufficientFundsError,
    'INSUFFICIENT_FUNDS',
  ],
  ['intrinsic gas too low', send, () => raw({ gasLimit: 20_999n }), IntrinsicGasTooLowError, 'UNKNOWN_ERROR'],
  [
    'max fee per gas less than block base fee',
    send,
    () => raw({ maxFeePerGas: 1n, maxPriorityFeePerGas: 1n }),
    FeeCapTooLowError,
    'UNKNOWN_ERROR',
  ],
  [
    'max priority fee per gas higher than max fee per gas',
    send,
    () => raw({ maxFeePerGas: 1n, maxPriorityFeePerGas: 2n }),
    TipAboveFeeCapError,
    'UNKNOWN_ERROR',
  ],
  ['gas limit reached', send, () => raw({ gasLimit: 2n ** 24n + 1n }), 'IntrinsicGasTooHighError', 'UNKNOWN_ERROR'],
  ['transaction type not supported', send, () => ['0x03c0'], InvalidInputRpcError, 'UNKNOWN_ERROR'],
  [
    'execution reverted: nope',
    'eth_call',
    () => [{ to: contracts.reverter }],
    ExecutionRevertedError,
    'CALL_EXCEPTION',
  ],
  [
    'execution reverted: nope',
    'eth_estimateGas',
    () => [{ from: alice, to: contracts.reverter }],
    ExecutionRevertedError,
    'CALL_EXCEPTION',
  ],
  [
    'gas required exceeds allowance (100000)',
    'eth_estimateGas',
    () => [{ from: alice, to: contracts.loop, gas: '0x186a0' }],
    ExecutionRevertedError,
    'CALL_EXCEPTION',
  ],
  ['header not found', 'eth_getBalance', () => [alice, '0x99'], InvalidInputRpcError, 'UNKNOWN_ERROR'],
  ['filter not found', 'eth_getFilterChanges', () => ['0x1'], InvalidInputRpcError, 'UNKNOWN_ERROR'],
  [
    'the method eth_nope does not exist/is not available',
    'eth_nope',
    () => [],
    MethodNotFoundRpcError,
    'UNSUPPORTED_OPERATION',
  ],
  ['missing value for required argument 0', 'eth_getBalance', () => [], InvalidParamsRpcError, 'UNKNOWN_ERROR'],
  [
    'query returned more than 0 results. Try with this block range [0x1, 0x1].',
    'eth_getLogs',
    () => [{ fromBlock: '0x1', toBlock: '0x1' }],
    LimitExceededRpcError,
    'UNKNOWN_ERROR',
  ],
]

describe('words of errors', () => {
  it.each(rows)('%s (%s)', async (words, method, params, viemClass, ethersCode) => {
    const error = await viemError(method, params())
    if (typeof viemClass === 'string') expect(error.name).toBe(viemClass)
    else expect(error, error.name).toBeInstanceOf(viemClass as new () => unknown)
    expect(detailsOf(error).toLowerCase()).toContain(words.toLowerCase())
    const other = await ethersError(method, params())
    expect(isError(other as Error, ethersCode as never), String(other)).toBe(true)
  })

  it('already known, and a replacement', async () => {
    await viem.request({ method: send, params: raw({}) as [`0x${string}`] })
    expect(await viemError(send, raw({}))).toBeInstanceOf(NonceTooLowError)
    const little = raw({ maxFeePerGas: 3_000_000_001n })
    expect(detailsOf(await viemError(send, little))).toMatch(/^replacement transaction underpriced/)
    expect(isError((await ethersError(send, little)) as Error, 'REPLACEMENT_UNDERPRICED')).toBe(true)
  })
})

/** Text that the node gave, wherever viem put it. */
function detailsOf(error: BaseError): string {
  const root = error.walk((item) => 'details' in (item as object) && (item as BaseError).details !== '') as BaseError
  return root.details
}
