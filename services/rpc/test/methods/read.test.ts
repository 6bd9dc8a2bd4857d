import { type Deposit, depositTransactionHash, opDepositAlias } from '@crema/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { addressOf, alloc, contracts, signed, transfer } from '../support/accounts.ts'
import { failure, request } from '../support/client.ts'
import { createTestRollup, type TestRollup } from '../support/test-rollup.ts'

let rollup: TestRollup
const ask = <T>(method: string, ...params: unknown[]) => request<T>(rollup.rpc, method, ...params)
const bytes = (raw: string) => Buffer.from(raw.slice(2), 'hex')
const log = (nonce: bigint) => bytes(signed(transfer({ nonce, to: contracts.logger, gasLimit: 60_000n })))

const deposit: Deposit = {
  index: 0n,
  from: addressOf('bob'),
  to: addressOf('alice'),
  mint: 10n ** 18n,
  value: 5n,
  gasLimit: 100_000n,
  data: new Uint8Array(0),
  l1BlockNumber: 1n,
  l1BlockHash: `0x${'11'.repeat(32)}`,
  l1Timestamp: 1n,
  l1TransactionHash: `0x${'12'.repeat(32)}`,
  l1LogIndex: 3,
}

beforeAll(async () => {
  rollup = await createTestRollup(alloc, { limits: { logsMaxRange: 3n, logsMaxResults: 4 } })
  await rollup.seal({ raws: [log(0n), log(1n)], deposits: [deposit] })
  await rollup.seal({ raws: [log(2n), log(3n), log(4n)] })
  await rollup.seal({ raws: [] })
  await rollup.seal({ raws: [log(5n)] })
})

describe('deposits', () => {
  it('are found by their hash and by the hash of OP Stack tools', async () => {
    const own = depositTransactionHash(deposit, rollup.config.l1Contracts.portal)
    const alias = opDepositAlias(deposit.l1BlockHash, deposit.l1LogIndex, deposit)
    expect(alias).not.toBe(own)
    const transaction = await ask('eth_getTransactionByHash', own)
    expect(transaction).toMatchObject({
      hash: own,
      type: '0x7e',
      gasPrice: '0x0',
      nonce: '0x0',
      mint: '0xde0b6b3a7640000',
      value: '0x5',
      isSystemTx: false,
      sourceHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      blockNumber: '0x1',
      transactionIndex: '0x0',
    })
    expect(await ask('eth_getTransactionByHash', alias)).toEqual(transaction)
    const receipt = await ask('eth_getTransactionReceipt', own)
    expect(receipt).toMatchObject({ type: '0x7e', status: '0x1', effectiveGasPrice: '0x0', transactionHash: own })
    expect(await ask('eth_getTransactionReceipt', alias)).toEqual(receipt)
    expect(await ask('eth_getRawTransactionByHash', alias)).toMatch(/^0x7ef8/)
  })
})

describe('blocks', () => {
  it('have one hash under every name', async () => {
    const latest = await ask<{ hash: string; number: string }>('eth_getBlockByNumber', 'latest', true)
    expect(latest.number).toBe('0x4')
    expect(await ask('eth_getBlockByNumber', '0x4', true)).toEqual(latest)
    expect(await ask('eth_getBlockByNumber', '0x04', true)).toEqual(latest)
    expect(await ask('eth_getBlockByHash', latest.hash, true)).toEqual(latest)
    expect(await ask('eth_getBlockByNumber', '0x5', true)).toBeNull()
    expect(await ask('eth_getUncleCountByBlockNumber', 'latest')).toBe('0x0')
    expect(await ask('eth_getUncleByBlockHashAndIndex', latest.hash, '0x0')).toBeNull()
  })

  it('follow the heads', async () => {
    const numberOf = async (tag: string) => (await ask<{ number: string }>('eth_getBlockByNumber', tag, false)).number
    const ref = (number: bigint) => ({ number, hash: rollup.chain.headerByNumber(number)!.hash })
    expect(await numberOf('safe')).toBe('0x0')
    rollup.chain.setHeads({ safe: ref(2n), finalized: ref(1n) })
    expect([await numberOf('safe'), await numberOf('finalized'), await numberOf('earliest')]).toEqual([
      '0x2',
      '0x1',
      '0x0',
    ])
    const stage = async (block: string) => {
      const { transactions } = await ask<{ transactions: string[] }>('eth_getBlockByNumber', block, false)
      return (await ask<{ stage: string }>('rollup_getTransactionStage', transactions[0])).stage
    }
    expect([await stage('0x1'), await stage('0x2'), await stage('0x4')]).toEqual(['finalized', 'posted', 'soft'])
    expect(await ask('rollup_getTransactionStage', `0x${'99'.repeat(32)}`)).toEqual({ stage: 'unknown' })
  })

  it('give receipts and transactions that agree', async () => {
    const receipts = await ask<{ transactionHash: string; logs: { logIndex: string }[] }[]>(
      'eth_getBlockReceipts',
      '0x2',
    )
    expect(receipts.flatMap((item) => item.logs.map((entry) => entry.logIndex))).toEqual(['0x0', '0x1', '0x2'])
    for (const [i, receipt] of receipts.entries()) {
      expect(await ask('eth_getTransactionReceipt', receipt.transactionHash)).toEqual(receipt)
      const byIndex = await ask('eth_getTransactionByBlockNumberAndIndex', '0x2', `0x${i}`)
      expect(await ask('eth_getTransactionByHash', receipt.transactionHash)).toEqual(byIndex)
    }
    expect(await ask('eth_getTransactionByBlockNumberAndIndex', '0x2', '0x3')).toBeNull()
  })
})

describe('eth_getLogs', () => {
  it('selects by range, address and topic', async () => {
    const topics = [`0x${'1'.padStart(64, '0')}`]
    const found = await ask<{ blockNumber: string }[]>('eth_getLogs', { fromBlock: '0x2', toBlock: '0x2', topics })
    expect(found.map((item) => item.blockNumber)).toEqual(['0x2', '0x2', '0x2'])
    expect(await ask('eth_getLogs', { fromBlock: '0x2', address: contracts.counter })).toEqual([])
    expect(await ask('eth_getLogs', {})).toHaveLength(1)
    const { hash } = rollup.chain.headerByNumber(1n)!
    expect(await ask('eth_getLogs', { blockHash: hash, address: [contracts.logger], topics: [null] })).toHaveLength(2)
  })

  it('refuses in the words that indexers parse', async () => {
    const refuse = (filter: object) => failure(rollup.rpc, 'eth_getLogs', filter)
    expect(await refuse({ fromBlock: '0x1', toBlock: '0x4' })).toEqual({
      code: -32005,
      message: 'query exceeds the range of 3 blocks. Try with this block range [0x1, 0x3].',
    })
    expect(await refuse({ fromBlock: '0x1', toBlock: '0x3' })).toEqual({
      code: -32005,
      message: 'query returned more than 4 results. Try with this block range [0x1, 0x1].',
    })
    expect(await refuse({ fromBlock: '0x1', toBlock: '0x5' })).toEqual({
      code: -32602,
      message: 'block range extends beyond current head block',
    })
    expect((await refuse({ fromBlock: '0x3', toBlock: '0x1' })).message).toBe('invalid block range params')
    expect((await refuse({ blockHash: `0x${'12'.repeat(32)}` })).message).toBe('unknown block')
  })
})

describe('fees', () => {
  it('agree with each other', async () => {
    const base = BigInt(await ask<string>('eth_baseFee'))
    const tip = BigInt(await ask<string>('eth_maxPriorityFeePerGas'))
    const newest = BigInt((await ask<{ baseFeePerGas: string }>('eth_getBlockByNumber', 'latest', false)).baseFeePerGas)
    expect(newest).toBeGreaterThan(base) // fees fall here: the suggestion must also pass a simulation on the newest block
    const gasPrice = await ask<string>('eth_gasPrice')
    expect(BigInt(gasPrice)).toBe(newest + tip)
    const transferAtPrice = { from: addressOf('alice'), to: addressOf('bob'), gasPrice }
    expect(await ask('eth_estimateGas', transferAtPrice)).toBe('0x5208')
    expect(await ask('eth_blobBaseFee')).toBe('0x1')
    const history = await ask<{
      oldestBlock: string
      baseFeePerGas: string[]
      reward: string[][]
      gasUsedRatio: number[]
    }>('eth_feeHistory', '0x400', 'latest', [0, 50, 100])
    expect(history.oldestBlock).toBe('0x0')
    expect(history.baseFeePerGas).toHaveLength(6)
    expect(BigInt(history.baseFeePerGas.at(-1)!)).toBe(base)
    expect(history.reward[2]).toEqual(['0xf4240', '0xf4240', '0xf4240'])
    expect(history.reward[3]).toEqual(['0x0', '0x0', '0x0'])
    expect(history.gasUsedRatio[3]).toBe(0)
    expect(await ask<object>('eth_feeHistory', 2, '0x2')).toMatchObject({ oldestBlock: '0x1' })
    expect((await failure(rollup.rpc, 'eth_feeHistory', '0x1', '0x9', [])).message).toMatch(/request beyond head block/)
    expect((await failure(rollup.rpc, 'eth_feeHistory', '0x1', 'latest', [50, 10])).code).toBe(-32602)
  })
})

describe('rollup_', () => {
  it('gives output roots that bind state, withdrawals and block', async () => {
    const output = await ask<Record<string, string>>('rollup_outputAtBlock', '0x2')
    const header = rollup.chain.headerByNumber(2n)!
    expect(output).toMatchObject({ stateRoot: header.stateRoot, withdrawalStorageRoot: header.withdrawalsRoot })
    expect((await failure(rollup.rpc, 'rollup_outputAtBlock', '0x99')).code).toBe(-32001)
  })

  it('reports heads and configuration without the allocation', async () => {
    expect(await ask('rollup_syncStatus')).toMatchObject({ l2: { latest: { number: '0x4' } }, lastAsserted: null })
    const config = await ask<{ l2: object; genesis: object }>('rollup_config')
    expect(config.l2).toMatchObject({ chainId: '0x1092' })
    expect(config.genesis).not.toHaveProperty('alloc')
    expect(config).toMatchObject({ viemChain: { id: 4_242, sourceId: 31_337 } })
  })

  it('says what this node does not serve', async () => {
    expect((await failure(rollup.rpc, 'rollup_getAssertions')).code).toBe(-32004)
    expect((await failure(rollup.rpc, 'rollup_getWithdrawalProof', `0x${'12'.repeat(32)}`)).code).toBe(-32001)
  })
})
