import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Classified,
  classify,
  decodeTransaction,
  encodeTransaction,
  hexToBytes,
  keccak256,
  limits,
  privateKeyToAddress,
  signTransaction,
  skipReasons,
} from '../../src/index.ts'
import { readVectors, rowsOf } from '../support.ts'
import { privateKey, unsignedTransaction } from './arbitraries.ts'

const stateless = skipReasons.slice(skipReasons.indexOf('too-large'), skipReasons.indexOf('tip-above-fee-cap') + 1)

describe('classify', () => {
  const valid = readVectors('transactions-valid.json')
  const invalid = readVectors('transactions-invalid.json')
  const config = { chainId: BigInt(valid.chainId) }

  it.each(rowsOf(valid.transactions))('passes: $name', (row) => {
    const raw = hexToBytes(row.raw)
    expect(classify(raw, config)).toEqual({ ok: decodeTransaction(raw), sender: row.sender })
  })

  it.each(rowsOf(invalid.transactions))('skips: $name ($reason)', (row) => {
    const result = classify(hexToBytes(row.raw), config)
    expect(result).toEqual({ skip: row.reason, detail: expect.any(String) })
  })

  it('meets every stateless reason in the vectors', () => {
    expect(new Set(invalid.transactions.reason)).toEqual(new Set(stateless))
  })

  it('takes a transaction of exactly the size limit', () => {
    const make = (length: number) => {
      const unsigned = {
        type: 0,
        chainId: config.chainId,
        nonce: 0n,
        gasPrice: 1n,
        gasLimit: 10_000_000n,
        to: `0x${'11'.repeat(20)}`,
        value: 0n,
        data: new Uint8Array(length),
      } as const
      return encodeTransaction(signTransaction(unsigned, keccak256(new Uint8Array(1))))
    }
    const raw = make(2 * limits.maxTransactionSize - make(limits.maxTransactionSize).length)
    expect(raw.length).toBe(limits.maxTransactionSize)
    expect(classify(raw, config)).toHaveProperty('ok')
  })

  it('uses a sender that was recovered before', () => {
    const raw = hexToBytes(valid.transactions.raw[0])
    const sender = privateKeyToAddress(keccak256(new Uint8Array(2)))
    expect(classify(raw, { ...config, recover: () => sender })).toMatchObject({ sender })
    expect(classify(raw, { ...config, recover: () => undefined })).toMatchObject({ skip: 'bad-signature' })
  })

  it('never throws and always answers, whatever the bytes', () => {
    const seen = new Set<string>()
    const raws = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(unsignedTransaction, privateKey)
        .map(([unsigned, key]) => encodeTransaction(signTransaction(unsigned, key))),
    )
    fc.assert(
      fc.property(raws, (raw) => {
        const result: Classified = classify(raw, config)
        seen.add('skip' in result ? result.skip : 'ok')
        if ('skip' in result) expect(stateless).toContain(result.skip)
      }),
      { numRuns: 300 },
    )
    expect(seen.size).toBeGreaterThan(2)
  })
})
