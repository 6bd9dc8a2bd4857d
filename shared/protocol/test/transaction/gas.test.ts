import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common'
import { createTxFromRLP } from '@ethereumjs/tx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeTransaction, floorGas, intrinsicGas, signTransaction } from '../../src/index.ts'
import { privateKey, unsignedTransaction } from './arbitraries.ts'

describe('gas', () => {
  it('is what @ethereumjs/tx computes', () => {
    fc.assert(
      fc.property(unsignedTransaction, privateKey, (unsigned, key) => {
        const transaction = signTransaction(unsigned, key)
        const common = createCustomCommon({ chainId: Number(transaction.chainId ?? 1n) }, Mainnet, {
          hardfork: Hardfork.Prague,
        })
        const reference = createTxFromRLP(encodeTransaction(transaction), { common })
        expect(intrinsicGas(transaction)).toBe(reference.getIntrinsicGas())
      }),
      { numRuns: 100 },
    )
  })

  it('has the floor of EIP-7623', () => {
    expect(floorGas(new Uint8Array(0))).toBe(21_000n)
    expect(floorGas(Uint8Array.of(0, 0, 1))).toBe(21_000n + 10n * 6n)
  })

  it('serves deposits', () => {
    const deposit = {
      type: 0x7e,
      sourceHash: `0x${'11'.repeat(32)}`,
      from: `0x${'22'.repeat(20)}`,
      mint: 0n,
      value: 0n,
      gasLimit: 100_000n,
    } as const
    expect(intrinsicGas({ ...deposit, to: deposit.from, data: Uint8Array.of(0, 1) })).toBe(21_020n)
    expect(intrinsicGas({ ...deposit, to: undefined, data: Uint8Array.of(0, 1) })).toBe(53_022n)
  })
})
