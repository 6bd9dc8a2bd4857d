import {
  encodePayload,
  encodeTransaction,
  limits,
  type SkipReason,
  signTransaction,
  type UnsignedTransaction,
} from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { config, createTestChain, deposit, ether, signed, transfer, wallet } from '../support.ts'

const [rich, poor, contract, delegated, last] = [wallet(1), wallet(2), wallet(3), wallet(4), wallet(5)] as const
const maxNonce = 2n ** 64n - 1n

function chain() {
  return createTestChain({
    [rich.address]: { balance: 1_000n * ether },
    [poor.address]: { balance: 1_000n },
    [contract.address]: { balance: ether, code: '0x00' },
    [delegated.address]: { balance: ether, code: `0xef0100${'00'.repeat(19)}99`, nonce: 3n },
    [last.address]: { balance: ether, nonce: maxNonce },
  })
}

const cases: readonly (readonly [SkipReason, () => Uint8Array])[] = [
  ['too-large', () => new Uint8Array(limits.maxTransactionSize + 1).fill(2)],
  ['undecodable', () => Uint8Array.of(2, 0xc0)],
  ['unsupported-type', () => Uint8Array.of(3, 0xc0)],
  ['wrong-chain-id', () => signed(transfer({ chainId: config.chainId + 1n }), rich)],
  ['bad-signature', () => encodeTransaction({ ...signTransaction(transfer({}), rich.key), s: 2n ** 255n } as never)],
  ['gas-limit-above-cap', () => signed(transfer({ gasLimit: limits.maxTransactionGas + 1n }), rich)],
  ['intrinsic-gas-too-low', () => signed(transfer({ gasLimit: 20_999n }), rich)],
  [
    'initcode-too-large',
    () => signed(transfer({ to: undefined, data: new Uint8Array(49_153), gasLimit: 10_000_000n }), rich),
  ],
  ['tip-above-fee-cap', () => signed(transfer({ maxFeePerGas: 5_000n, maxPriorityFeePerGas: 5_001n }), rich)],
  ['fee-cap-below-base-fee', () => signed(transfer({ maxFeePerGas: 999n, maxPriorityFeePerGas: 0n }), rich)],
  ['sender-not-eoa', () => signed(transfer({}), contract)],
  ['nonce-too-low', () => signed(transfer({ nonce: 2n }), delegated)],
  ['nonce-too-high', () => signed(transfer({ nonce: 1n }), rich)],
  ['insufficient-funds', () => signed(transfer({}), poor)],
]

describe('skipping', () => {
  it.each(cases)('%s', async (reason, raw) => {
    const test = await chain()
    const { block } = await test.run([raw(), signed(transfer({}), rich)])
    expect(block.skipped).toMatchObject([{ entryIndex: 0, reason }])
    expect(block.skipped[0]!.detail).not.toBe('')
    // The skipped entry left no trace: the block equals one without it, but for nothing.
    const clean = await (await chain()).run([signed(transfer({}), rich)])
    expect(block.hash).toBe(clean.block.hash)
  })

  it('gas-limit-exceeds-block counts what was used before', async () => {
    const test = await createTestChain({ [rich.address]: { balance: ether } }, { ...config, blockGasLimit: 50_000n })
    const raws = [0n, 1n, 2n].map((nonce) => signed(transfer({ nonce, gasLimit: 25_000n }), rich))
    const { block } = await test.run(raws)
    expect(block.receipts).toHaveLength(2)
    expect(block.skipped).toMatchObject([{ entryIndex: 2, reason: 'gas-limit-exceeds-block' }])
  })

  it('nonce-max: the largest nonce cannot be used (nor encoded)', async () => {
    const test = await chain()
    const { block } = await test.run([signed(transfer({ nonce: maxNonce }), last)])
    expect(['nonce-max', 'undecodable']).toContain(block.skipped[0]?.reason)
  })

  it('a delegated sender is an EOA', async () => {
    const { block } = await (await chain()).run([signed(transfer({ nonce: 3n }), delegated)])
    expect(block.receipts).toHaveLength(1)
  })

  it('too-many-entries: only 4,094 less the deposits are read', async () => {
    const test = await chain()
    const garbage = Array.from({ length: limits.maxEntries }, () => Uint8Array.of(9))
    const { block } = await test.run(garbage, [deposit(0), deposit(1)])
    const reasons = block.skipped.map(({ reason }) => reason)
    expect(reasons.filter((reason) => reason === 'too-many-entries')).toHaveLength(2)
    expect(reasons.slice(-2)).toEqual(['too-many-entries', 'too-many-entries'])
    expect(block.skipped).toHaveLength(limits.maxEntries)
  })

  it('reads nothing after an entry that breaks the payload', async () => {
    const test = await chain()
    const good = encodePayload([signed(transfer({}), rich)])
    const { block } = await test.run([], [], { payload: Buffer.concat([good, Uint8Array.of(0, 0, 0, 0), good]) })
    expect([block.receipts.length, block.skipped.length]).toEqual([1, 0])
  })

  it('takes unprotected legacy transactions', async () => {
    const legacy: UnsignedTransaction = {
      type: 0,
      chainId: undefined,
      nonce: 0n,
      gasPrice: 2_000n,
      gasLimit: 21_000n,
      to: poor.address,
      value: 1n,
      data: new Uint8Array(0),
    }
    const { block } = await (await chain()).run([signed(legacy, rich)])
    expect(block.receipts).toMatchObject([{ type: 0, status: 1, effectiveGasPrice: 2_000n }])
  })
})
