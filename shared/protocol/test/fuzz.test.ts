import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesToHex,
  concatBytes,
  DecodeError,
  decodeHeader,
  decodeOpaqueData,
  decodeReceipt,
  decodeRlp,
  decodeTransaction,
  encodeReceipt,
  hexToBytes,
  logsBloom,
  payloadEntries,
  txRoot,
} from '../src/index.ts'
import { chainBlocks } from './ethereum-data.ts'
import { readVectors } from './support.ts'

const valid: Uint8Array[] = readVectors('transactions-valid.json').transactions.raw.map(hexToBytes)
const invalid: Uint8Array[] = readVectors('transactions-invalid.json').transactions.raw.map(hexToBytes)
const deposits: Uint8Array[] = readVectors('deposits.json').deposits.transaction.map(hexToBytes)
const payloads: Uint8Array[] = readVectors('payloads.json').payload.map(hexToBytes)
const headers = chainBlocks().map((block) => block.headerRlp)
const log = { address: `0x${'11'.repeat(20)}`, topics: [`0x${'22'.repeat(32)}`], data: '0x3344' } as const
const receipts = [0, 2, 0x7e].map((type) =>
  encodeReceipt({ type, status: 1, cumulativeGasUsed: 21_000n, logsBloom: logsBloom([log]), logs: [log] }),
)
const small = (seeds: readonly Uint8Array[]) => seeds.filter((seed) => seed.length < 20_000)

/** Every decoder of untrusted bytes with seeds of its own and of the others'. */
const decoders: Readonly<Record<string, { decode: (bytes: Uint8Array) => unknown; seeds: readonly Uint8Array[] }>> = {
  decodeRlp: { decode: decodeRlp, seeds: [...headers, ...small(valid)] },
  decodeTransaction: { decode: decodeTransaction, seeds: small([...valid, ...invalid, ...deposits]) },
  decodeHeader: { decode: decodeHeader, seeds: headers },
  decodeReceipt: { decode: decodeReceipt, seeds: receipts },
  decodeOpaqueData: { decode: decodeOpaqueData, seeds: [new Uint8Array(73), new Uint8Array(200)] },
  payloadEntries: { decode: payloadEntries, seeds: small(payloads) },
  hexToBytes: { decode: (bytes) => hexToBytes(Buffer.from(bytes).toString('latin1')), seeds: [Buffer.from('0x00ff')] },
}

/** Truncations, bit flips, insertions and joins of seeds, and bytes that follow no seed. */
function hostile(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const seed = fc.constantFrom(...seeds)
  return fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.tuple(seed, fc.nat()).map(([bytes, at]) => bytes.slice(0, at % (bytes.length + 1))),
    fc.tuple(seed, fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 4 })).map(([bytes, flips]) => {
      const copy = bytes.slice()
      for (const [at, bit] of flips) if (copy.length > 0) copy[at % copy.length]! ^= 1 << bit
      return copy
    }),
    fc
      .tuple(seed, seed, fc.nat())
      .map(([left, right, at]) => concatBytes(left.subarray(0, at % (left.length + 1)), right)),
  )
}

describe.each(Object.entries(decoders))('%s', (_, { decode, seeds }) => {
  it('returns or throws a DecodeError, in bounded time', () => {
    let slowest = 0
    fc.assert(
      fc.property(hostile(seeds), (bytes) => {
        const before = bytesToHex(bytes)
        const start = performance.now()
        try {
          decode(bytes)
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error
        }
        slowest = Math.max(slowest, performance.now() - start)
        expect(bytesToHex(bytes)).toBe(before)
      }),
      { numRuns: 1_500 },
    )
    // Inputs are below 40 kB; a quadratic decoder would need seconds, a busy machine some tens of milliseconds.
    expect(slowest).toBeLessThan(1_000)
  })
})

describe('large hostile inputs', () => {
  const size = 1_000_000
  const lists = concatBytes(
    Uint8Array.of(0xfa, (size >> 16) & 255, (size >> 8) & 255, size & 255),
    new Uint8Array(size).fill(0xc0),
  )

  it.each([
    ['a million empty lists', lists],
    ['a million open lists', new Uint8Array(size).fill(0xf8)],
    ['a million zeros', new Uint8Array(size)],
    ['a million 0xff', new Uint8Array(size).fill(0xff)],
  ])('%s', (_, bytes) => {
    const start = performance.now()
    for (const { decode } of Object.values(decoders)) {
      try {
        decode(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError)
      }
    }
    txRoot(bytes)
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
