import { createManualClock } from '@crema/service-kit'
import { describe, expect, it } from 'vitest'
import { admitTransactions } from '../../src/mempool/admission.ts'
import { createMempool } from '../../src/mempool/mempool.ts'
import { createQuota } from '../../src/mempool/quota.ts'
import { createRecentTransactions } from '../../src/mempool/recent.ts'
import { transfer } from '../support/transactions.ts'

function mempoolOf(bytesPerWindow = 1_000_000) {
  const clock = createManualClock(0)
  const recent = createRecentTransactions(100)
  const quota = createQuota({ bytesPerWindow, windowMs: 1_000, maxSenders: 2 }, clock)
  const limits = { maxCount: 100, maxBytes: 1_000_000 }
  return {
    clock,
    mempool: createMempool({ lanes: [901n], limits, admission: admitTransactions, quota, recent, waitMs: () => 1 }),
  }
}
const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code })

describe('admission', () => {
  it('takes a signed transaction of the chain once', () => {
    const { mempool } = mempoolOf()
    mempool.add(901n, transfer())
    expect(() => mempool.add(901n, transfer())).toThrowError(refusal('ALREADY_KNOWN'))
    expect(mempool.size().count).toBe(1)
  })

  it('refuses everything else with a code of its own', () => {
    const { mempool } = mempoolOf()
    expect(() => mempool.add(902n, transfer())).toThrowError(refusal('UNKNOWN_LANE'))
    expect(() => mempool.add(901n, transfer({ chainId: 1n }))).toThrowError(refusal('TX_WRONG_CHAIN_ID'))
    expect(() => mempool.add(901n, Uint8Array.of(2, 0xc0))).toThrowError(refusal('TX_UNDECODABLE'))
    expect(() => mempool.add(901n, Uint8Array.of(3, 0xc0))).toThrowError(refusal('TX_UNSUPPORTED_TYPE'))
    expect(() => mempool.add(901n, new Uint8Array(98_305))).toThrowError(refusal('TX_TOO_LARGE'))
    expect(() => mempool.add(901n, new Uint8Array(200_000))).toThrowError(refusal('TX_TOO_LARGE'))
    expect(() => mempool.add(901n, transfer().slice(0, -1))).toThrowError(refusal('TX_UNDECODABLE'))
    expect(mempool.size().count).toBe(0)
  })

  it('bounds the bytes of each sender in a window', () => {
    const size = transfer({ nonce: 1n }).length
    const { mempool, clock } = mempoolOf(2 * size)
    mempool.add(901n, transfer({ nonce: 1n }))
    mempool.add(901n, transfer({ nonce: 2n }))
    expect(() => mempool.add(901n, transfer({ nonce: 3n }))).toThrowError(refusal('QUOTA_EXCEEDED'))
    mempool.add(901n, transfer({ key: 2, nonce: 3n }))
    clock.advance(1_000)
    mempool.add(901n, transfer({ nonce: 3n }))
  })
})
