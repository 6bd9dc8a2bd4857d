import { SequencerError } from '@crema/sequencer-client'
import { beforeEach, describe, expect, it } from 'vitest'
import { resubmitLost } from '../../src/mempool/resubmit.ts'
import { readTransaction } from '../../src/mempool/stateless-checks.ts'
import { addressOf, alloc, signed, transfer } from '../support/accounts.ts'
import { failure, request } from '../support/client.ts'
import { createTestRollup, type TestRollup } from '../support/test-rollup.ts'

let now: number
let rollup: TestRollup

beforeEach(async () => {
  now = 1_700_000_000_000
  rollup = await createTestRollup(alloc, { now: () => now, limits: { poolPerSender: 8 } })
})

const sendRaw = (raw: string) => request<string>(rollup.rpc, 'eth_sendRawTransaction', raw)
const refusal = (raw: string) => failure(rollup.rpc, 'eth_sendRawTransaction', raw)
const pendingNonce = (name: Parameters<typeof addressOf>[0]) =>
  request(rollup.rpc, 'eth_getTransactionCount', addressOf(name), 'pending')

describe('a transaction that is accepted', () => {
  it('counts as pending until its block, then is found in it', async () => {
    const hash = await sendRaw(signed(transfer()))
    expect(await pendingNonce('alice')).toBe('0x1')
    expect(await request(rollup.rpc, 'eth_getTransactionCount', addressOf('alice'), 'latest')).toBe('0x0')
    expect(await request(rollup.rpc, 'eth_getTransactionByHash', hash)).toMatchObject({
      blockHash: null,
      blockNumber: null,
      transactionIndex: null,
      nonce: '0x0',
    })
    expect(await request(rollup.rpc, 'eth_getTransactionReceipt', hash)).toBeNull()
    await rollup.seal()
    expect(rollup.rpc.pending()).toBe(0)
    expect(await pendingNonce('alice')).toBe('0x1')
    expect(await request(rollup.rpc, 'eth_getTransactionReceipt', hash)).toMatchObject({ status: '0x1' })
  })

  it('is previewed in the pending block', async () => {
    const hash = await sendRaw(signed(transfer()))
    expect(await request(rollup.rpc, 'eth_getBlockByNumber', 'pending', false)).toMatchObject({
      number: '0x1',
      hash: null,
      nonce: null,
      miner: null,
      transactions: [hash],
    })
    expect(await request(rollup.rpc, 'eth_getBlockByNumber', 'pending', true)).toMatchObject({
      transactions: [{ hash, blockHash: null }],
    })
    expect(await request(rollup.rpc, 'eth_getBlockTransactionCountByNumber', 'pending')).toBe('0x1')
  })

  it('is forgotten after the expiry', async () => {
    await sendRaw(signed(transfer()))
    now += 600_001
    await sendRaw(signed(transfer(), 'bob'))
    expect(await pendingNonce('alice')).toBe('0x0')
    expect(await pendingNonce('bob')).toBe('0x1')
  })

  it('is restored when its block leaves the chain', async () => {
    const hash = await sendRaw(signed(transfer()))
    await rollup.seal()
    rollup.rollback(0n)
    expect(await request(rollup.rpc, 'eth_getTransactionByHash', hash)).toMatchObject({ hash, blockHash: null })
    expect(await pendingNonce('alice')).toBe('0x1')
  })

  it('leaves the pool when another with its nonce is included', async () => {
    await sendRaw(signed(transfer()))
    const raw = signed(transfer({ value: 2n }))
    await rollup.seal({ raws: [Buffer.from(raw.slice(2), 'hex')] })
    expect(rollup.rpc.pending()).toBe(0)
  })
})

describe('nonces', () => {
  it('are sent in order although they arrive in any', async () => {
    const raws = [0, 1, 2, 3].map((nonce) => signed(transfer({ nonce: BigInt(nonce) })))
    const hashes = await Promise.all([3, 1, 0, 2].map((i) => sendRaw(raws[i]!)))
    expect(rollup.sequencer.accepted).toEqual([hashes[2], hashes[1], hashes[3], hashes[0]])
    const block = await rollup.seal()
    expect(block.transactions).toHaveLength(4)
    expect(block.skipped).toHaveLength(0)
  })

  it('are held back behind a gap, up to a bound', async () => {
    const held = await sendRaw(signed(transfer({ nonce: 7n })))
    expect(rollup.sequencer.accepted).toEqual([])
    expect(await pendingNonce('alice')).toBe('0x0')
    expect(await request(rollup.rpc, 'rollup_getTransactionStage', held)).toEqual({ stage: 'queued' })
    expect((await refusal(signed(transfer({ nonce: 8n })))).message).toMatch(/^nonce too high/)
  })

  it('that are already used are too low', async () => {
    await sendRaw(signed(transfer()))
    await rollup.seal()
    expect((await refusal(signed(transfer({ value: 2n })))).message).toMatch(/^nonce too low/)
    expect((await refusal(signed(transfer()))).message).toMatch(/^nonce too low/)
  })

  it('of a queued transaction go on when a block closes the gap', async () => {
    await sendRaw(signed(transfer({ nonce: 1n })))
    await rollup.seal({ raws: [Buffer.from(signed(transfer()).slice(2), 'hex')] })
    await expect.poll(() => rollup.sequencer.accepted.length).toBe(1)
    expect((await rollup.seal()).transactions).toHaveLength(1)
  })
})

describe('a second transaction with the same nonce', () => {
  it('is known when it is the same', async () => {
    await sendRaw(signed(transfer()))
    expect(await refusal(signed(transfer()))).toEqual({ code: -32000, message: 'already known' })
  })

  it('replaces a queued one for 10 % more only', async () => {
    const first = await sendRaw(signed(transfer({ nonce: 1n })))
    const little = signed(transfer({ nonce: 1n, maxFeePerGas: 3_200_000_000n }))
    expect((await refusal(little)).message).toBe('replacement transaction underpriced')
    const second = await sendRaw(signed(transfer({ nonce: 1n, maxFeePerGas: 3_300_000_000n })))
    expect(await request(rollup.rpc, 'eth_getTransactionByHash', first)).toBeNull()
    expect(await request(rollup.rpc, 'eth_getTransactionByHash', second)).toMatchObject({ hash: second })
  })

  it('cannot replace what the sequencer holds, but what it lost', async () => {
    const first = await sendRaw(signed(transfer()))
    const second = signed(transfer({ maxFeePerGas: 9_000_000_000n }))
    expect((await refusal(second)).message).toContain(`replacement transaction underpriced: the sequencer orders by`)
    rollup.sequencer.forget()
    const hash = await sendRaw(second)
    expect(hash).not.toBe(first)
    expect((await rollup.seal()).transactions.map((item) => item.hash)).toEqual([hash])
  })
})

describe('an absent sequencer', () => {
  it('is told as retryable, and nothing is kept', async () => {
    rollup.sequencer.setStopped(true)
    expect(await refusal(signed(transfer()))).toEqual({
      code: -32000,
      message: 'sequencer halted: transaction not accepted, retry later',
    })
    expect(rollup.rpc.pending()).toBe(0)
    rollup.sequencer.setStopped(false)
    await sendRaw(signed(transfer()))
  })

  it('does not lose what is queued', async () => {
    await sendRaw(signed(transfer({ nonce: 1n })))
    rollup.sequencer.setStopped(true)
    await refusal(signed(transfer()))
    rollup.sequencer.setStopped(false)
    await sendRaw(signed(transfer()))
    expect(rollup.sequencer.accepted).toHaveLength(2)
  })
})

describe('what the sequencer lost', () => {
  it('is submitted again, in order of nonces, and only then', async () => {
    const hashes = [await sendRaw(signed(transfer())), await sendRaw(signed(transfer({ nonce: 1n })))]
    const { pool, l2, chain } = rollup.rpc.context
    const lost: unknown[] = []
    const logger = { warn: (fields: object) => void lost.push(fields), error: () => {} }
    const deps = { pool, chain, sequencer: rollup.sequencer, lane: l2.chainId, now: () => now, logger }
    const resubmit = () => resubmitLost(deps)
    now += 10_000
    await resubmit()
    expect(lost).toEqual([])
    rollup.sequencer.forget()
    now -= 1
    await resubmit()
    expect(lost).toEqual([])
    now += 1
    await resubmit()
    expect(lost).toEqual(hashes.map((hash) => ({ hash })))
    expect((await rollup.seal()).transactions.map((item) => item.hash)).toEqual(hashes)
  })

  it('waits while the sequencer is out of reach, and is forgotten when it was dropped', async () => {
    const hash = await sendRaw(signed(transfer()))
    const { pool, l2, chain } = rollup.rpc.context
    const deps = { pool, chain, lane: l2.chainId, now: () => now + 20_000, logger: { warn: () => {}, error: () => {} } }
    rollup.sequencer.setStopped(true)
    await resubmitLost({ ...deps, sequencer: rollup.sequencer })
    expect(pool.get(hash as `0x${string}`)).toBeDefined()
    const dropping = { ...rollup.sequencer, status: async () => ({ stage: 'dropped', reason: 'test' }) as const }
    await resubmitLost({ ...deps, sequencer: dropping })
    expect(pool.size).toBe(0)
  })

  it('counts as taken when the sequencer knows it already', async () => {
    const raw = signed(transfer())
    const known = new SequencerError('SEQUENCER_REFUSED', 'known', { details: { reason: 'ALREADY_KNOWN' } })
    const { rpc } = await createTestRollup(alloc, { sequencer: refusing(known) })
    expect(await request(rpc, 'eth_sendRawTransaction', raw)).toMatch(/^0x/)
  })

  it('is told apart from what it refuses', async () => {
    const full = new SequencerError('SEQUENCER_REFUSED', 'pool', { details: { reason: 'POOL_FULL' }, retryable: true })
    const bad = new SequencerError('SEQUENCER_REFUSED', 'lane', { details: { reason: 'UNKNOWN_LANE' } })
    for (const [error, code] of [
      [full, -32005],
      [bad, -32003],
    ] as const) {
      const { rpc } = await createTestRollup(alloc, { sequencer: refusing(error) })
      expect((await failure(rpc, 'eth_sendRawTransaction', signed(transfer()))).code).toBe(code)
      expect(rpc.pending()).toBe(0)
    }
  })
})

function refusing(error: SequencerError) {
  const refuse = () => Promise.reject(error)
  return { submit: refuse, status: async () => ({ stage: 'unknown' }) as const, heartbeat: refuse }
}

describe('checks', () => {
  const poor = (fields: Parameters<typeof transfer>[0]) => signed(transfer(fields), 'poor')

  it('count what waits before a transaction', async () => {
    await sendRaw(poor({ maxFeePerGas: 1_000_000_000n + 2_000_000n, value: 10n ** 13n * 7n }))
    const second = poor({ nonce: 1n, maxFeePerGas: 1_000_000_000n + 2_000_000n, value: 10n ** 13n * 7n })
    expect((await refusal(second)).message).toMatch(
      /^insufficient funds for gas \* price \+ value: balance 100000000000000, queued cost \d+, tx cost \d+, overshot \d+$/,
    )
  })

  it('bound the pool of one sender', async () => {
    for (let nonce = 0n; nonce < 8n; nonce++) await sendRaw(signed(transfer({ nonce })))
    expect((await refusal(signed(transfer({ nonce: 8n })))).code).toBe(-32005)
  })

  it('refuse legacy transactions of any chain', async () => {
    const { maxFeePerGas, maxPriorityFeePerGas: _tip, accessList: _list, type: _type, ...rest } = transfer()
    const raw = signed({ ...rest, type: 0, chainId: undefined, gasPrice: maxFeePerGas })
    expect((await refusal(raw)).message).toBe('only replay-protected (EIP-155) transactions allowed over RPC')
    expect(await sendRaw(signed({ ...rest, type: 0, gasPrice: maxFeePerGas }))).toMatch(/^0x/)
  })

  it('refuse what does not decode, and other types', async () => {
    expect((await refusal('0x')).code).toBe(-32602)
    expect((await refusal('0x02c0')).code).toBe(-32602)
    expect((await refusal('0x03c0')).message).toMatch(/^transaction type not supported/)
    expect((await refusal('0x7ec0')).message).toMatch(/^transaction type not supported/)
    expect((await refusal(`0x02${'00'.repeat(98_304)}`)).message).toMatch(/^oversized data/)
  })

  it('guard against absurd fees', async () => {
    const raw = signed(transfer({ maxFeePerGas: 10n ** 18n, gasLimit: 21_000n }))
    expect((await refusal(raw)).message).toBe('tx fee (21000.00 ether) exceeds the configured cap (1.00 ether)')
  })
})

describe('skipped transactions', () => {
  it('are null in eth_ and explained in rollup_', async () => {
    const raw = signed(transfer({ nonce: 5n }))
    const block = await rollup.seal({ raws: [Buffer.from(raw.slice(2), 'hex')] })
    const { hash } = block.skipped[0]!
    expect(await request(rollup.rpc, 'eth_getTransactionReceipt', hash)).toBeNull()
    expect(await request(rollup.rpc, 'eth_getTransactionByHash', hash)).toBeNull()
    expect(await request(rollup.rpc, 'rollup_getSkippedTransaction', hash)).toMatchObject({
      hash,
      blockNumber: '0x1',
      entryIndex: '0x0',
      reason: 'nonce-too-high',
    })
    expect(await request(rollup.rpc, 'rollup_getTransactionStage', hash)).toMatchObject({
      stage: 'skipped',
      reason: 'nonce-too-high',
    })
  })
})

describe('a skipped transaction that is sent again', () => {
  const bytes = (hex: string) => Buffer.from(hex.slice(2), 'hex')

  /** Ordered and skipped for its nonce, which is right afterwards. */
  async function skipOnce() {
    const early = signed(transfer({ nonce: 1n }))
    await rollup.sequencer.submit(4_242n, bytes(early))
    expect((await rollup.seal()).skipped).toMatchObject([{ reason: 'nonce-too-high' }])
    await sendRaw(signed(transfer()))
    await rollup.seal()
    return early
  }

  it('is told the reason and does not count as pending', async () => {
    const early = await skipOnce()
    const { code, message } = await refusal(early)
    expect({ code, message }).toMatchObject({
      code: -32000,
      message: expect.stringMatching(/^nonce too high: .*skipped in block 1, not ordered again yet, retry later\)$/),
    })
    expect(rollup.rpc.pending()).toBe(0)
    expect(await pendingNonce('alice')).toBe('0x1')
  })

  it('is included once the sequencer orders it again', async () => {
    const early = await skipOnce()
    rollup.sequencer.forget()
    const hash = await sendRaw(early)
    expect(await pendingNonce('alice')).toBe('0x2')
    expect((await rollup.seal()).transactions.map((item) => item.hash)).toEqual([hash])
    expect(await request(rollup.rpc, 'rollup_getTransactionStage', hash)).toMatchObject({ stage: 'soft' })
  })

  it('is waited for by its new place, not its old one', async () => {
    const early = await skipOnce()
    rollup.sequencer.forget()
    const waiting = request(rollup.rpc, 'eth_sendRawTransactionSync', early)
    await expect.poll(() => rollup.sequencer.accepted.length).toBe(3)
    await rollup.seal()
    expect(await waiting).toMatchObject({ status: '0x1', blockNumber: '0x3' })
  })

  it('counts as taken while it waits again at the sequencer, say for another server', async () => {
    const early = await skipOnce()
    rollup.sequencer.forget()
    await rollup.sequencer.submit(4_242n, bytes(early))
    await sendRaw(early)
    expect(await pendingNonce('alice')).toBe('0x2')
  })

  it('stays queued behind a gap until it is ordered again', async () => {
    const early = signed(transfer({ nonce: 1n }))
    await rollup.sequencer.submit(4_242n, bytes(early))
    await rollup.seal()
    const hash = await sendRaw(early)
    await sendRaw(signed(transfer()))
    expect(await request(rollup.rpc, 'rollup_getTransactionStage', hash)).toEqual({ stage: 'queued' })
    rollup.sequencer.take()
    rollup.sequencer.forget()
    await rollup.seal({ raws: [bytes(signed(transfer()))] })
    await expect.poll(() => rollup.sequencer.accepted.at(-1)).toBe(hash)
  })

  it('is forgotten when it was pooled although the chain shows it', async () => {
    const early = await skipOnce()
    const { pool, l2, chain } = rollup.rpc.context
    const entry = readTransaction(bytes(early), l2.chainId, 10n ** 18n, now)
    pool.add({ ...entry, stage: 'submitted' })
    const logger = { warn: () => {}, error: () => {} }
    const { sequencer } = rollup
    await resubmitLost({ pool, chain, sequencer, lane: l2.chainId, now: () => now + 20_000, logger })
    expect(pool.size).toBe(0)
  })
})

describe('eth_sendRawTransactionSync', () => {
  it('answers with the receipt of the next block', async () => {
    const waiting = request(rollup.rpc, 'eth_sendRawTransactionSync', signed(transfer()))
    await expect.poll(() => rollup.sequencer.accepted.length).toBe(1)
    await rollup.seal()
    expect(await waiting).toMatchObject({ status: '0x1', blockNumber: '0x1' })
  })

  it('answers with code 4 and the hash when no block comes', async () => {
    const error = await failure(rollup.rpc, 'eth_sendRawTransactionSync', signed(transfer()), 20)
    expect(error).toMatchObject({ code: 4, data: rollup.sequencer.accepted[0] })
  })
})
